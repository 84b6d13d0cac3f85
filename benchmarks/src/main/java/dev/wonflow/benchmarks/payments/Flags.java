package dev.wonflow.benchmarks.payments;

import java.util.List;
import java.util.stream.Stream;

/** How the services' virtual machines are started. */
enum Flags {
    /** As {@code ./wonflow} starts them: eight at once on a small machine. */
    LOCAL,
    /** As images start them: the whole compiler, and a collector that is chosen by the machine. */
    PRODUCTION;

    List<String> options() {
        return switch (this) {
            case LOCAL -> with("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
            case PRODUCTION -> with();
        };
    }

    private static List<String> with(String... own) {
        return Stream.concat(
                        Stream.of(
                                "-Xmx384m",
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow",
                                "-Duser.timezone=Asia/Seoul",
                                "-Duser.language=en"),
                        Stream.of(own))
                .toList();
    }
}
