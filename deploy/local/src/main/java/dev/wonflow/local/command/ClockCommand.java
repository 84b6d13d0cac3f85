package dev.wonflow.local.command;

import dev.wonflow.local.NotUnderstood;
import dev.wonflow.local.assembly.WonflowStack;
import dev.wonflow.local.clock.Reading;
import dev.wonflow.local.clock.StackClock;
import dev.wonflow.local.clock.Step;
import dev.wonflow.local.clock.TenantClock;
import dev.wonflow.local.clock.TenantClock.Expected;
import dev.wonflow.local.issuer.Issuer;
import dev.wonflow.local.screen.Terminal;
import java.io.PrintStream;
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
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows and moves the time of the stack. */
@Command(
        name = "clock",
        description = {
            "Shows the time of the sandbox and of the services, or moves all of them together, or one tenant.",
            "",
            "Deadlines, retries of webhooks, due dates and settlement days follow it. How old a message on Kafka is does"
                    + " not: that stays real time."
        },
        footer = {"", "Exit code: 0 if all that runs shows the same time, 1 if not."},
        mixinStandardHelpOptions = true)
final class ClockCommand implements Callable<Integer> {

    private static final String ROW = "%-21s %-22s %s%n";

    private static final Duration AHEAD_SHOWN = Duration.ofDays(31);

    /** Two years of a month's plan, and some. */
    private static final int MOST_LISTED = 40;

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
            name = "show",
            description = {
                "Shows the time of all, or of one tenant and what will happen to it.",
                "Without --tenant it is what ./wonflow clock shows; with it, the next 31 days are listed."
            },
            mixinStandardHelpOptions = true)
    int show(@Option(names = "--tenant", paramLabel = "TENANT", description = "acme or globex") @Nullable String tenant)
            throws InterruptedException {
        if (tenant == null) {
            return call();
        }
        TenantClock clock = clock(tenant);
        int code = show(tenant, clock.read());
        surroundings.terminal().out().println();
        list(clock.expected(clock.now().plus(AHEAD_SHOWN)));
        return code;
    }

    @Command(
            name = "advance",
            description = {
                "Moves the whole stack forward, or one tenant while all others stay.",
                "The sandbox stops at every moment something waits for: 5d make all seven retries of a webhook, each at its"
                        + " own time.",
                "",
                "With --tenant the list of what will happen comes first. The tenant then stops at each moment something of"
                        + " it is due at, until its charges have ended, over any number of periods. Ctrl-C leaves it at"
                        + " the moment it has come to."
            },
            mixinStandardHelpOptions = true)
    int advance(
            @Parameters(
                            arity = "1..*",
                            hideParamSyntax = true,
                            paramLabel = "AMOUNT",
                            description = "90s, 11m, 36h, 3d, 2w, 1d12h, or ISO 8601 such as PT11M")
                    List<String> amounts,
            @Option(names = "--tenant", paramLabel = "TENANT", description = "move only this one: acme or globex")
                    @Nullable
                    String tenant,
            @Option(names = "--dry-run", description = "with --tenant: print the list, and move nothing")
                    boolean dryRun)
            throws InterruptedException {
        Duration by = Step.amount(single(amounts));
        if (tenant == null) {
            requireNoDryRun(dryRun);
            return show(clock().advance(by));
        }
        TenantClock clock = clock(tenant);
        return move(tenant, clock, clock.now().plus(by), dryRun);
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

    @Command(
            name = "to",
            description = "Moves the whole stack, or one tenant, to a moment to come.",
            mixinStandardHelpOptions = true)
    int to(
            @Parameters(
                            paramLabel = "MOMENT",
                            description = "2026-12-31 or 2026-12-31T23:59, in Seoul unless an offset is given")
                    String moment,
            @Option(names = "--tenant", paramLabel = "TENANT", description = "move only this one: acme or globex")
                    @Nullable
                    String tenant,
            @Option(names = "--dry-run", description = "with --tenant: print what will happen, and move nothing")
                    boolean dryRun)
            throws InterruptedException {
        Instant to = Step.moment(moment);
        if (tenant == null) {
            requireNoDryRun(dryRun);
            return show(clock().to(to));
        }
        return move(tenant, clock(tenant), to, dryRun);
    }

    private static void requireNoDryRun(boolean dryRun) {
        if (dryRun) {
            throw new NotUnderstood("--dry-run needs --tenant: what a moment brings to the whole stack is not listed."
                    + "\nHelp: ./wonflow clock advance --help");
        }
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

    private int move(String tenant, TenantClock clock, Instant to, boolean dryRun) throws InterruptedException {
        Terminal terminal = surroundings.terminal();
        clock.check(to);
        List<Expected> expected = clock.expected(to);
        terminal.out()
                .println("Until " + TIME.format(to) + " this will happen to " + tenant
                        + (dryRun ? "; nothing is moved:" : ":"));
        list(expected);
        if (dryRun) {
            return 0;
        }
        terminal.out().println();
        List<Reading> readings = clock.to(to, (moment, stop) -> {
            String line = "  " + TIME.format(moment) + "  "
                    + switch (stop) {
                        case DUE -> passed(expected, moment) + " of " + expected.size() + " passed";
                        case RETRY -> "a charge is looked for again";
                        case THERE -> "there";
                    };
            if (terminal.live()) {
                terminal.out().print("\r\033[2K" + line);
                terminal.out().flush();
            } else {
                terminal.out().println(line);
            }
        });
        terminal.out().println(terminal.live() ? "\n" : "");
        return show(tenant, readings);
    }

    private static long passed(List<Expected> expected, Instant moment) {
        return expected.stream().filter(one -> !one.at().isAfter(moment)).count();
    }

    private void list(List<Expected> expected) {
        PrintStream out = surroundings.terminal().out();
        if (expected.isEmpty()) {
            out.println("  nothing that is known now");
        }
        expected.stream()
                .limit(MOST_LISTED)
                .forEach(one -> out.println("  " + TIME.format(one.at()) + "  " + one.what()));
        if (expected.size() > MOST_LISTED) {
            out.println("  and " + (expected.size() - MOST_LISTED) + " more");
        }
    }

    private TenantClock clock(String tenant) {
        if (!Issuer.TENANTS.contains(tenant)) {
            throw new NotUnderstood(
                    "--tenant: " + tenant + " (expected: " + String.join(" or ", Issuer.TENANTS) + ").");
        }
        return WonflowStack.clock(surroundings.settings(), tenant);
    }

    private int show(String tenant, List<Reading> readings) {
        Terminal terminal = surroundings.terminal();
        Duration ahead = readings.getFirst().time().orElseThrow().ahead();
        rows(readings, "AHEAD OF ALL OTHERS");
        if (readings.stream().anyMatch(reading -> reading.strays(ahead))) {
            terminal.out()
                    .println(terminal.bad("\nNot all are at " + tenant + "'s time."
                            + " The next ./wonflow clock advance --tenant " + tenant + " brings them there."));
            return 1;
        }
        return 0;
    }

    private StackClock clock() {
        return WonflowStack.clock(surroundings.settings());
    }

    private int show(List<Reading> readings) {
        Terminal terminal = surroundings.terminal();
        Duration ahead = readings.getFirst().time().orElseThrow().ahead();
        rows(readings, "AHEAD OF THIS MACHINE");
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

    private void rows(List<Reading> readings, String ahead) {
        Terminal terminal = surroundings.terminal();
        Duration first = readings.getFirst().time().orElseThrow().ahead();
        terminal.out().printf(ROW, "PART", "TIME IN SEOUL", ahead);
        for (Reading reading : readings) {
            String line = reading.time()
                    .map(time -> String.format(
                            Locale.ROOT, ROW, reading.part(), TIME.format(time.now()), inWords(time.ahead())))
                    .orElseGet(() -> String.format(Locale.ROOT, ROW, reading.part(), "-", reading.instead()));
            terminal.out().print(reading.strays(first) ? terminal.bad(line) : line);
        }
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
