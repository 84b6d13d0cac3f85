package dev.wonflow.local.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Starts processes that go on when the terminal closes, Ctrl-C is pressed, or their starter ends. */
public final class Daemon {

    private static final File NOTHING = new File("/dev/null");

    private Daemon() {}

    /** A process and who keeps its log. */
    public record Started(Process process, Log log) {}

    /** What a process has printed. */
    @FunctionalInterface
    public interface Log {

        /** Waits, after the end of the process, until all it printed can be read. */
        void awaitEnd() throws InterruptedException;
    }

    /**
     * Starts a process in a session of its own, without input, its output added to a log that never grows large.
     *
     * @param environment all it gets; nothing is inherited, so that a variable of the user's shell changes no service
     */
    public static Started start(List<String> command, Map<String, String> environment, Path folder, Path log)
            throws IOException {
        List<String> session = ownSession();
        List<String> whole = new ArrayList<>(session);
        whole.addAll(command);
        Files.createDirectories(log.resolve("..").normalize());
        try (BoundedLog bounded = BoundedLog.open(session, log)) {
            return new Started(process(whole, environment, folder, bounded.input()), bounded::awaitEnd);
        }
    }

    private static Process process(
            List<String> command, Map<String, String> environment, Path folder, ProcessBuilder.Redirect output)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectInput(NOTHING)
                .redirectErrorStream(true)
                .redirectOutput(output);
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder.start();
    }

    /** Each of these replaces itself by the command, so that the pid stays the one we are told. */
    private static List<String> ownSession() {
        if (isOnPath("setsid")) {
            return List.of("setsid");
        }
        if (isOnPath("perl")) { // macOS has no setsid program, but has Perl.
            return List.of("perl", "-e", "use POSIX qw(setsid); setsid(); exec { $ARGV[0] } @ARGV or die $!");
        }
        return List.of("nohup");
    }

    /** Tells whether the shell would find a program. */
    public static boolean isOnPath(String program) {
        String path = System.getenv().getOrDefault("PATH", "/usr/local/bin:/usr/bin:/bin");
        for (String folder : path.split(File.pathSeparator, -1)) {
            if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, program))) {
                return true;
            }
        }
        return false;
    }
}
