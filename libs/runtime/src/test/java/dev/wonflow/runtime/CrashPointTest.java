package dev.wonflow.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CrashPointTest {

    /** The process that dies. */
    static final class Victim {

        private Victim() {}

        public static void main(String[] arguments) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("hook")));
            CrashPoint.hit("victim.zeroth");
            if (arguments.length > 0) {
                System.setProperty(CrashPoint.PROPERTY, arguments[0]);
            }
            try {
                CrashPoint.hit("victim.first");
                System.out.println("first passed");
                CrashPoint.hit("victim.second");
                System.out.println("second passed");
            } finally {
                System.out.println("finally");
            }
        }
    }

    @Test
    void process_dies_at_the_chosen_point_and_does_nothing_more() throws Exception {
        Ended ended = run(List.of("-D" + CrashPoint.PROPERTY + "=victim.second"));

        assertThat(ended.exitCode()).isEqualTo(CrashPoint.EXIT_CODE);
        assertThat(ended.output()).contains("first passed").doesNotContain("second passed", "finally", "hook");
    }

    @Test
    void without_the_property_at_the_start_nothing_turns_a_point_on() throws Exception {
        Ended ended = run(List.of(), "victim.second");

        assertThat(ended.exitCode()).isZero();
        assertThat(ended.output()).contains("first passed", "second passed", "finally", "hook");
    }

    private record Ended(int exitCode, String output) {}

    private static Ended run(List<String> options, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1"));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Victim.class.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), output);
    }
}
