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

    /**
     * Starts a process in a session of its own, without input, its output appended to a log.
     *
     * @param environment all it gets; nothing is inherited, so that a variable of the user's shell changes no service
     */
    public static Process start(List<String> command, Map<String, String> environment, Path folder, Path log)
            throws IOException {
        List<String> whole = new ArrayList<>(ownSession());
        whole.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(whole)
                .directory(folder.toFile())
                .redirectInput(NOTHING)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
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
