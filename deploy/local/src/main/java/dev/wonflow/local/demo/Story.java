package dev.wonflow.local.demo;

import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;

/** Tells what happens, one line at a time, with the seconds since the scenario began. */
final class Story {

    /** What an event says about the state of things; a type that is not here is shown without. */
    private static final Map<String, String> STATES = Map.ofEntries(
            Map.entry("checkout.requested.v1", "asked for"),
            Map.entry("order.placed.v1", "order pending"),
            Map.entry("order.confirmed.v1", "order confirmed"),
            Map.entry("order.on-hold.v1", "order on hold"),
            Map.entry("order.cancelled.v1", "order cancelled"),
            Map.entry("order.shipped.v1", "order shipped"),
            Map.entry("payment.requested.v1", "payment requested"),
            Map.entry("payment.outcome-unknown.v1", "payment unknown"),
            Map.entry("payment.waiting-for-deposit.v1", "payment awaits deposit"),
            Map.entry("payment.paid.v1", "payment paid"),
            Map.entry("payment.reversed.v1", "deposit taken back"),
            Map.entry("payment.charge-requested.v1", "charge asked for"),
            Map.entry("payment.charge-paid.v1", "charge paid"),
            Map.entry("payment.charge-failed.v1", "charge declined"),
            Map.entry("payment.billing-method-registered.v1", "card registered"),
            Map.entry("payment.failed.v1", "payment failed"),
            Map.entry("payment.canceled.v1", "payment canceled"),
            Map.entry("payment.partially-refunded.v1", "payment partly refunded"),
            Map.entry("payment.refunded.v1", "payment refunded"),
            Map.entry("payment.cash-receipt-changed.v1", "receipt asked for, or decided"),
            Map.entry("toss.webhook-received.v1", "webhook stored"),
            Map.entry("subscription.activated.v1", "subscription active"),
            Map.entry("subscription.renewed.v1", "period paid"),
            Map.entry("invoice.issued.v1", "invoice open"),
            Map.entry("invoice.paid.v1", "invoice paid"));

    private final PrintStream out;
    private long startNanos = System.nanoTime();

    Story(PrintStream out) {
        this.out = out;
    }

    synchronized void begin(int number, Scenario scenario) {
        startNanos = System.nanoTime();
        out.printf("%n%d. %s -> %s%n", number, scenario.title(), scenario.expected());
    }

    synchronized void event(Seen seen) {
        line(seen.topic(), seen.type(), state(seen));
    }

    private static String state(Seen seen) {
        return switch (seen.type()) {
            case "subscription.changed.v1" ->
                "subscription " + seen.value().path("status").asString("").toLowerCase(Locale.ROOT);
            case "notice.requested.v1" -> "told: " + seen.value().path("kind").asString("");
            default -> STATES.getOrDefault(seen.type(), "");
        };
    }

    synchronized void step(String who, String what) {
        line(who, what, "");
    }

    private void line(String topic, String type, String state) {
        double seconds = (System.nanoTime() - startNanos) / 1e9;
        out.printf(Locale.ROOT, "%7.2f s  %-20s %-28s %s%n", seconds, topic, type, state);
    }
}
