package dev.wonflow.local.command;

import dev.wonflow.local.NotUnderstood;
import dev.wonflow.local.sandbox.Sandbox;
import dev.wonflow.local.sandbox.Sandbox.Outcome;
import dev.wonflow.local.sandbox.Sandbox.Step;
import dev.wonflow.local.sandbox.SentWebhooks;
import dev.wonflow.local.sandbox.Trigger;
import dev.wonflow.local.screen.Terminal;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes something happen at Toss. */
@Command(
        name = "trigger",
        description = {
            "Makes something happen at the sandbox, and prints every step on the way and where its webhooks went.",
            "Without an event it lists them. A payment or a billing key is made unless one is named."
        },
        footer = {"", "Exit code: 0 if it happened, 1 if not, 2 if the command line was not understood."},
        mixinStandardHelpOptions = true)
final class TriggerCommand implements Callable<Integer> {

    private static final long LEAST_WON = 100;

    private final Surroundings surroundings;

    @Parameters(arity = "0..1", paramLabel = "EVENT", description = "such as payment.done or va.reversal")
    private @Nullable String event;

    @Option(
            names = "--order",
            paramLabel = "ORDER_ID",
            description = "latest payment of this order, or the order of the payment to open")
    private @Nullable String orderId;

    @Option(names = "--payment", paramLabel = "KEY", description = "payment it is to happen to")
    private @Nullable String paymentKey;

    @Option(names = "--amount", paramLabel = "WON", description = "amount of a new payment (default: ${DEFAULT-VALUE})")
    private long amountWon = 33_000;

    @Option(
            names = "--cancel-amount",
            paramLabel = "WON",
            description = "what payment.partially-canceled gives back (default: a third)")
    private @Nullable Long cancelWon;

    @Option(
            names = "--code",
            paramLabel = "CODE",
            description = "why payment.declined is declined (default: ${DEFAULT-VALUE})")
    private String code = "REJECT_CARD_COMPANY";

    @Option(names = "--billing-key", paramLabel = "KEY", description = "billing key it is to happen to")
    private @Nullable String billingKey;

    @Option(
            names = "--customer",
            paramLabel = "KEY",
            description = "customerKey of billing keys (default: ${DEFAULT-VALUE})")
    private String customerKey = "customer-of-wonflow-trigger";

    @Mixin
    private SandboxAddress address = new SandboxAddress();

    TriggerCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws InterruptedException {
        PrintStream out = surroundings.terminal().out();
        if (event == null) {
            out.println("./wonflow trigger EVENT makes one of these happen:");
            for (Trigger trigger : Trigger.values()) {
                out.printf("  %-27s %s%n", trigger.event(), trigger.happens());
            }
            out.println("\nFor one payment: --order ORDER_ID or --payment KEY. More: ./wonflow trigger --help");
            return 0;
        }
        Trigger trigger = Trigger.named(event)
                .orElseThrow(() -> new NotUnderstood("There is no event " + event + ". The events are: "
                        + Arrays.stream(Trigger.values()).map(Trigger::event).collect(Collectors.joining(", "))
                        + "\nHelp: ./wonflow trigger --help"));
        Map<String, Object> wish = wish();
        Sandbox sandbox = address.sandbox(surroundings.settings());
        sandbox.requireRunning();
        Outcome outcome = sandbox.pull(trigger, wish);
        for (Step step : outcome.steps()) {
            out.printf(
                    Locale.ROOT,
                    "  %-34s %s%n",
                    step.what(),
                    surroundings.terminal().quiet(step.result()));
        }
        out.println("\n" + outcome.summary());
        if (trigger == Trigger.PAYMENT_EXPIRED) {
            out.println("Only the sandbox's time has moved; ./wonflow clock align takes the services along.");
        }
        printWebhooks(new SentWebhooks(sandbox), outcome);
        return 0;
    }

    /** As the sandbox takes it; what is left out it decides. */
    private Map<String, Object> wish() {
        if (amountWon < LEAST_WON) {
            throw new NotUnderstood("--amount: " + amountWon + " (expected: " + LEAST_WON + " or more).");
        }
        if (cancelWon != null && cancelWon < 1) {
            throw new NotUnderstood("--cancel-amount: " + cancelWon + " (expected: 1 or more).");
        }
        Map<String, Object> wish = new LinkedHashMap<>();
        wish.put("amount", amountWon);
        wish.put("code", code);
        wish.put("customerKey", customerKey);
        put(wish, "orderId", orderId);
        put(wish, "paymentKey", paymentKey);
        put(wish, "cancelAmount", cancelWon);
        put(wish, "billingKey", billingKey);
        return wish;
    }

    private static void put(Map<String, Object> wish, String name, @Nullable Object value) {
        if (value != null) {
            wish.put(name, value);
        }
    }

    private void printWebhooks(SentWebhooks sent, Outcome outcome) throws InterruptedException {
        Terminal terminal = surroundings.terminal();
        var webhooks = sent.about(outcome.about());
        if (webhooks.isEmpty()) {
            terminal.out().println("No webhook went out for it: Toss sends none, or nobody is registered for it.");
            return;
        }
        terminal.out().println("Webhooks about it:");
        for (var webhook : webhooks) {
            String line = String.format(
                    Locale.ROOT,
                    "  %-23s %-20s %s %s",
                    webhook.eventType(),
                    webhook.status(),
                    webhook.url().isEmpty() ? "to nobody: no address is registered" : webhook.url(),
                    webhook.result());
            terminal.out().println(webhook.arrived() ? terminal.good(line) : terminal.bad(line));
        }
    }
}
