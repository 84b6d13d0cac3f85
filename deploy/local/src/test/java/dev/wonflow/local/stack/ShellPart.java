package dev.wonflow.local.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A part that is a shell script, healthy once its script has made a file.
 *
 * @param script ends by itself, or loops until it is told to stop; {@code $HEALTHY} is the file to make
 */
record ShellPart(
        String name, Path folder, String script, Set<String> needs, int stopStage, int port, Duration stopLimit)
        implements Part {

    /** Waits without a child: a shell's child carries the shell's mark until it is the program it shall be. */
    static final String RUN = "trap 'exit 0' TERM; mkfifo \"$HEALTHY.wait\"; touch \"$HEALTHY\";"
            + " while :; do read line <> \"$HEALTHY.wait\"; done";

    static ShellPart of(String name, Path folder, String script) {
        return new ShellPart(name, folder, script, Set.of(), 0, 1, Duration.ofSeconds(10));
    }

    ShellPart needing(String part) {
        return new ShellPart(name, folder, script, Set.of(part), stopStage, port, stopLimit);
    }

    ShellPart stoppedAtStage(int stage) {
        return new ShellPart(name, folder, script, needs, stage, port, stopLimit);
    }

    ShellPart onPort(int number) {
        return new ShellPart(name, folder, script, needs, stopStage, number, stopLimit);
    }

    ShellPart stoppedWithin(Duration limit) {
        return new ShellPart(name, folder, script, needs, stopStage, port, limit);
    }

    @Override
    public List<Integer> ports() {
        return List.of(port);
    }

    @Override
    public String mark() {
        return "test.part=" + folder + "/" + name;
    }

    @Override
    public Launch launch() throws IOException {
        Files.writeString(prepared(), "");
        return new Launch(
                List.of("sh", "-c", script, mark()),
                Map.of("HEALTHY", healthy().toString(), "PATH", System.getenv("PATH")),
                folder);
    }

    @Override
    public Optional<String> unready() {
        return Files.exists(healthy()) ? Optional.empty() : Optional.of("its file is missing");
    }

    @Override
    public String address() {
        return "nowhere";
    }

    /** A file that is there once it was prepared. */
    Path prepared() {
        return folder.resolve(name + ".prepared");
    }

    private Path healthy() {
        return folder.resolve(name + ".healthy");
    }
}
