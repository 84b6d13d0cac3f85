package dev.wonflow.local.command;

import dev.wonflow.local.assembly.WonflowStack;
import dev.wonflow.local.process.LiveProcess;
import dev.wonflow.local.process.MemoryUse;
import dev.wonflow.local.screen.Terminal;
import dev.wonflow.local.stack.LocalStack.PartStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Shows what runs. */
@Command(
        name = "status",
        description = "Shows what runs, where, how well, and how much memory it takes.",
        footer = {"", "Exit code: 0 if everything is healthy, 1 if not."},
        mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {

    private static final String ROW = "%-21s %-10s %8s %9s %9s  %s%n";
    private static final long MEBIBYTE = 1 << 20;

    private final Surroundings surroundings;

    StatusCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        List<PartStatus> parts = WonflowStack.of(surroundings.settings()).status();
        Terminal terminal = surroundings.terminal();
        terminal.out().printf(Locale.ROOT, ROW, "PART", "STATE", "PID", "UP FOR", "MEMORY", "WHERE");
        long bytes = 0;
        for (PartStatus part : parts) {
            OptionalLong memory = part.process().map(MemoryUse::bytes).orElse(OptionalLong.empty());
            bytes += memory.orElse(0);
            String row = String.format(
                    Locale.ROOT,
                    ROW,
                    part.name(),
                    state(part),
                    part.process().map(LiveProcess::pid).map(String::valueOf).orElse("-"),
                    part.process().isPresent() ? age(part.age(surroundings.calledAt())) : "-",
                    memory.isPresent() ? memory.getAsLong() / MEBIBYTE + " MiB" : "-",
                    where(part));
            terminal.out().print(part.healthy() ? row : terminal.bad(row));
        }
        if (bytes > 0) {
            terminal.out().printf(Locale.ROOT, ROW, "together", "", "", "", bytes / MEBIBYTE + " MiB", "");
        }
        for (String advice : StatusAdvice.on(parts)) {
            terminal.out().println(advice);
        }
        return parts.stream().allMatch(PartStatus::healthy) ? 0 : 1;
    }

    private static String state(PartStatus part) {
        if (part.process().isEmpty()) {
            return part.expected() ? "died" : "stopped";
        }
        return part.healthy() ? "healthy" : part.starting() ? "starting" : "unwell";
    }

    private static String where(PartStatus part) {
        Optional<String> unready = part.unready().filter(reason -> !reason.isEmpty());
        if (unready.isPresent()) {
            return unready.get();
        }
        return part.process().isEmpty() && part.expected()
                ? "its log: " + part.log().file()
                : part.address();
    }

    private static String age(Duration age) {
        if (age.toHours() > 0) {
            return age.toHours() + " h " + age.toMinutesPart() + " m";
        }
        return age.toMinutes() > 0 ? age.toMinutes() + " m " + age.toSecondsPart() + " s" : age.toSeconds() + " s";
    }
}
