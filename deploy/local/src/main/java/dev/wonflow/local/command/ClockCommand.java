package dev.wonflow.local.command;

import dev.wonflow.local.NotUnderstood;
import dev.wonflow.local.assembly.WonflowStack;
import dev.wonflow.local.clock.Reading;
import dev.wonflow.local.clock.StackClock;
import dev.wonflow.local.clock.Step;
import dev.wonflow.local.screen.Terminal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows and moves the time of the stack. */
@Command(
        name = "clock",
        description = {
            "Shows the time of the sandbox and of the services, or moves all of them together.",
            "",
            "Deadlines, retries of webhooks, due dates and settlement days follow it. How old a message on Kafka is does"
                    + " not: that stays real time."
        },
        footer = {"", "Exit code: 0 if all that runs shows the same time, 1 if not."},
        mixinStandardHelpOptions = true)
final class ClockCommand implements Callable<Integer> {

    private static final String ROW = "%-21s %-22s %s%n";

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneId.of("Asia/Seoul"));

    private final Surroundings surroundings;

    ClockCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws InterruptedException {
        return show(clock().read());
    }

    @Command(
            name = "advance",
            description = {
                "Moves the whole stack forward.",
                "The sandbox stops at every moment something waits for: 5d make all seven retries of a webhook, each at its"
                        + " own time."
            },
            mixinStandardHelpOptions = true)
    int advance(
            @Parameters(
                            arity = "1..*",
                            hideParamSyntax = true,
                            paramLabel = "AMOUNT",
                            description = "90s, 11m, 36h, 3d, 2w, 1d12h, or ISO 8601 such as PT11M")
                    List<String> amounts)
            throws InterruptedException {
        Duration by = Step.amount(single(amounts));
        return show(clock().advance(by));
    }

    /** Everything is taken as an amount, for -3d would be an unknown option otherwise, and the amount be missing. */
    private static String single(List<String> amounts) {
        for (String amount : amounts) {
            if (amount.matches("--?[^0-9P].*")) {
                throw new NotUnderstood("Unknown option: '" + amount + "'\nHelp: ./wonflow clock advance --help");
            }
        }
        if (amounts.size() > 1) {
            throw new NotUnderstood(String.join(" ", amounts) + " (expected: one amount, such as 1d12h).");
        }
        return amounts.getFirst();
    }

    @Command(name = "to", description = "Moves the whole stack to a moment to come.", mixinStandardHelpOptions = true)
    int to(
            @Parameters(
                            paramLabel = "MOMENT",
                            description = "2026-12-31 or 2026-12-31T23:59, in Seoul unless an offset is given")
                    String moment)
            throws InterruptedException {
        Instant to = Step.moment(moment);
        return show(clock().to(to));
    }

    @Command(
            name = "snapshot",
            description = "Remembers the sandbox's time and books, to go back to with reset.",
            mixinStandardHelpOptions = true)
    int snapshot() throws InterruptedException {
        String id = clock().snapshot();
        surroundings.terminal().out().println("Snapshot " + id + " is taken. Back to it: ./wonflow clock reset " + id);
        return 0;
    }

    @Command(
            name = "reset",
            description = {
                "Puts the sandbox back to a snapshot, time and books, and lets the services' clocks follow.",
                "What the services have written since stays: go on with new orders."
            },
            mixinStandardHelpOptions = true)
    int reset(
            @Parameters(arity = "0..1", paramLabel = "SNAPSHOT", description = "its id (default: the latest)") @Nullable
                    String snapshot)
            throws InterruptedException {
        return show(clock().reset(Optional.ofNullable(snapshot)));
    }

    @Command(
            name = "align",
            description =
                    "Moves the services to the time the sandbox shows, for instance after one of them was restarted.",
            mixinStandardHelpOptions = true)
    int align() throws InterruptedException {
        return show(clock().align());
    }

    private StackClock clock() {
        return WonflowStack.clock(surroundings.settings());
    }

    private int show(List<Reading> readings) {
        Terminal terminal = surroundings.terminal();
        Duration ahead = readings.getFirst().time().orElseThrow().ahead();
        terminal.out().printf(ROW, "PART", "TIME IN SEOUL", "AHEAD OF THIS MACHINE");
        for (Reading reading : readings) {
            String line = reading.time()
                    .map(time -> String.format(
                            Locale.ROOT, ROW, reading.part(), TIME.format(time.now()), inWords(time.ahead())))
                    .orElseGet(() -> String.format(Locale.ROOT, ROW, reading.part(), "-", reading.instead()));
            terminal.out().print(reading.strays(ahead) ? terminal.bad(line) : line);
        }
        List<String> astray = readings.stream()
                .filter(reading -> reading.strays(ahead))
                .map(Reading::part)
                .toList();
        List<String> fixed = readings.stream()
                .filter(reading -> reading.instead().startsWith("has a clock"))
                .map(Reading::part)
                .toList();
        if (!fixed.isEmpty()) {
            terminal.out()
                    .println(terminal.bad("\nCould not be moved: " + String.join(", ", fixed)
                            + ". A service started by an older build or by hand has no clock to move:"
                            + " ./wonflow down, then ./wonflow up."));
        }
        if (!astray.isEmpty()) {
            terminal.out()
                    .println(terminal.bad("\nNot at the sandbox's time: " + String.join(", ", astray)
                            + ". To bring them there: ./wonflow clock align"));
        }
        return astray.isEmpty() && fixed.isEmpty() ? 0 : 1;
    }

    /** Such as {@code 3 d 0 h 11 min 0 s}; to the nearest second. */
    static String inWords(Duration exact) {
        if (exact.isNegative()) {
            return inWords(exact.negated()) + " behind";
        }
        Duration ahead = exact.plusMillis(500).truncatedTo(ChronoUnit.SECONDS);
        if (ahead.isZero()) {
            return "not at all";
        }
        StringBuilder words = new StringBuilder();
        if (ahead.toDays() > 0) {
            words.append(ahead.toDays()).append(" d ");
        }
        if (ahead.toHours() > 0) {
            words.append(ahead.toHoursPart()).append(" h ");
        }
        return words.append(ahead.toMinutesPart())
                .append(" min ")
                .append(ahead.toSecondsPart())
                .append(" s")
                .toString();
    }
}
