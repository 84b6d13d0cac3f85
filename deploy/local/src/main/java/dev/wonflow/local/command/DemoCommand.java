package dev.wonflow.local.command;

import dev.wonflow.local.assembly.StackSettings;
import dev.wonflow.local.demo.Demo;
import dev.wonflow.local.demo.Demo.Outcome;
import dev.wonflow.local.demo.Scenario;
import dev.wonflow.local.screen.Terminal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Plays the demo. */
@Command(
        name = "demo",
        description = {
            "Plays all scenarios on the running stack and checks what comes of each; starts the stack if needed.",
            "",
            "Each begins with a checkout request published to Kafka by an ordinary producer, goes through the payment"
                    + " window of the sandbox, and is followed on the topics by an ordinary consumer."
        },
        footer = {"", "Exit code: 0 if everything held, 1 if not."},
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {

    private static final String ROW = "%-30s %-34s %-34s %8s  %s%n";

    private final Surroundings surroundings;

    DemoCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws InterruptedException {
        StackSettings settings = surroundings.settings();
        Terminal terminal = surroundings.terminal();
        UpCommand.start(settings, terminal);

        List<Outcome> outcomes = new ArrayList<>();
        try (Demo demo = Demo.of(settings, surroundings.ids(), terminal.out())) {
            for (Scenario scenario : Scenario.values()) {
                outcomes.add(demo.play(outcomes.size() + 1, scenario));
            }
        }
        printTable(outcomes, terminal);
        return outcomes.stream().allMatch(Outcome::held) ? 0 : 1;
    }

    private static void printTable(List<Outcome> outcomes, Terminal terminal) {
        terminal.out().println();
        terminal.out().printf(ROW, "SCENARIO", "EXPECTED", "SEEN", "SECONDS", "OK");
        for (Outcome outcome : outcomes) {
            terminal.out()
                    .printf(
                            ROW,
                            outcome.scenario().title(),
                            outcome.scenario().expected(),
                            outcome.held() ? outcome.seen() : "something else, see below",
                            String.format(Locale.ROOT, "%.1f", outcome.took().toMillis() / 1000.0),
                            outcome.held() ? terminal.good("yes") : terminal.bad("NO"));
        }
        outcomes.stream()
                .filter(outcome -> !outcome.held())
                .forEach(outcome -> terminal.out()
                        .println(terminal.bad("\n" + outcome.scenario().title() + ": " + outcome.seen())));
        terminal.out()
                .println(
                        outcomes.stream().allMatch(Outcome::held)
                                ? "\nAll held."
                                : "\nNot all held. The logs of the services: ./wonflow logs payment-service");
    }
}
