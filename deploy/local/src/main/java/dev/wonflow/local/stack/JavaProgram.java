package dev.wonflow.local.stack;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How one of our Java processes is started.
 *
 * @param executable the java program
 * @param mark the argument by which the process is recognised
 */
public record JavaProgram(Path executable, String mark) {

    /** Eight virtual machines start at once on a small machine: cheap compilation and the smallest collector win. */
    private static final List<String> OPTIONS = List.of(
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:+ExitOnOutOfMemoryError",
            "-Xss512k",
            // A service ends up near these sizes; on the way there each step is a full collection.
            "-XX:MetaspaceSize=128m",
            "-XX:ReservedCodeCacheSize=128m",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Duser.timezone=Asia/Seoul",
            "-Duser.language=en",
            "-Duser.country=US",
            "-Dfile.encoding=UTF-8",
            "-Dstdout.encoding=UTF-8");

    /** The program of a part, run by the same JDK as this one. */
    public static JavaProgram of(StateFolder state, String part) {
        return new JavaProgram(
                Path.of(System.getProperty("java.home"), "bin", "java"), "-Dwonflow.part=" + state.root() + "/" + part);
    }

    /**
     * The whole command line.
     *
     * @param options further options of the virtual machine
     * @param program what to run, and its arguments
     */
    public List<String> command(List<String> options, List<String> program) {
        List<String> command = new ArrayList<>();
        command.add(executable.toString());
        command.add(mark);
        command.addAll(OPTIONS);
        command.addAll(options);
        command.addAll(program);
        return List.copyOf(command);
    }
}
