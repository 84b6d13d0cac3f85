package dev.wonflow.local.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A process that runs now, told apart from a later one that was given the same pid by the instant it started.
 *
 * @param pid its id at the operating system
 * @param startedAt when it started, or the epoch where the operating system does not say
 */
public record LiveProcess(long pid, Instant startedAt) {

    /** The operating system derives the start from its boot time, which is corrected now and then. */
    private static final Duration START_TOLERANCE = Duration.ofSeconds(3);

    private static final Duration POLL = Duration.ofMillis(20);

    /** Looks a process up by its pid alone. */
    public static Optional<LiveProcess> of(long pid) {
        return ProcessHandle.of(pid).map(LiveProcess::of).filter(LiveProcess::isAlive);
    }

    /** Describes a process at hand. */
    public static LiveProcess of(ProcessHandle handle) {
        return new LiveProcess(handle.pid(), handle.info().startInstant().orElse(Instant.EPOCH));
    }

    /** Tells whether this very process still runs; one that has ended and was not yet collected does not. */
    public boolean isAlive() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(handle -> startedNear(handle.info().startInstant().orElse(startedAt)))
                .filter(_ -> !isZombie())
                .isPresent();
    }

    /** How long before this program it was started; zero if that was later. */
    public Duration headStart() {
        Instant ours = of(ProcessHandle.current()).startedAt();
        return startedAt.isBefore(ours) ? Duration.between(startedAt, ours) : Duration.ZERO;
    }

    /** Tells whether one of its arguments is exactly this text. */
    public boolean hasArgument(String argument) {
        return arguments().contains(argument);
    }

    /** The command line, empty where the operating system keeps it to itself. */
    public List<String> arguments() {
        Path commandLine = Path.of("/proc", Long.toString(pid), "cmdline");
        if (Files.exists(commandLine)) {
            try {
                return List.of(new String(Files.readAllBytes(commandLine), StandardCharsets.UTF_8).split("\0", -1));
            } catch (IOException _) {
                return List.of(); // The process has just ended.
            }
        }
        return ProcessHandle.of(pid)
                .flatMap(handle -> handle.info().arguments())
                .map(Arrays::asList)
                .orElse(List.of());
    }

    /**
     * Sends a signal.
     *
     * @param signal its name without SIG
     */
    public void signal(String signal) {
        if (!isAlive()) {
            return;
        }
        try {
            // Through the shell, whose kill is built in: small systems have no kill program.
            Process kill = new ProcessBuilder("sh", "-c", "kill -s " + signal + " " + pid)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            kill.waitFor(5, TimeUnit.SECONDS);
        } catch (IOException e) {
            throw new IllegalStateException("signal " + signal + " to process " + pid + ": not sent", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("signal " + signal + " to process " + pid + ": interrupted", e);
        }
    }

    /** Waits for the end of the process. */
    public boolean awaitEnd(Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (isAlive()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            TimeUnit.NANOSECONDS.sleep(POLL.toNanos());
        }
        return true;
    }

    private boolean startedNear(Instant other) {
        return startedAt.equals(Instant.EPOCH)
                || Duration.between(startedAt, other).abs().compareTo(START_TOLERANCE) <= 0;
    }

    private boolean isZombie() {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"), StandardCharsets.ISO_8859_1);
            // "pid (name) state …", and the name may hold anything.
            return stat.startsWith(") Z", stat.lastIndexOf(')'));
        } catch (IOException _) {
            return false; // No /proc here: such systems collect ended processes by themselves.
        }
    }
}
