package dev.wonflow.local.command;

import dev.wonflow.local.NotUnderstood;
import dev.wonflow.local.Trouble;
import dev.wonflow.local.assembly.Port;
import dev.wonflow.local.assembly.StackSettings;
import dev.wonflow.local.buyer.RedirectListener;
import dev.wonflow.local.buyer.Shop;
import dev.wonflow.local.buyer.TossWindow;
import dev.wonflow.local.buyer.TossWindow.Redirect;
import dev.wonflow.local.buyer.TossWindow.Session;
import dev.wonflow.local.issuer.Issuer;
import dev.wonflow.local.issuer.ShopToken;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Plays the buyer of one order. */
@Command(
        name = "pay",
        description = {
            "Plays the buyer of one order, and the shop's page behind them.",
            "Without an option it prints the address of the payment window and waits until you have used it."
        },
        footer = {"", "Exit code: 0 if the payment was reported and accepted as what it is, 1 if not."},
        mixinStandardHelpOptions = true)
final class PayCommand implements Callable<Integer> {

    private static final Duration BUYER_LIMIT = Duration.ofMinutes(10);

    private final Surroundings surroundings;

    @Parameters(
            paramLabel = "ORDER_ID",
            description = "the orderId of order.placed.v1, or what payments/ready answered")
    private @Nullable String orderId;

    @ArgGroup
    private @Nullable Answer answer;

    @Option(
            names = "--tenant",
            paramLabel = "TENANT",
            description = "whose order it is: acme or globex (default: ${DEFAULT-VALUE})")
    private String tenant = Issuer.TENANTS.getFirst();

    PayCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** At most one of these. */
    static final class Answer {

        @Option(names = "--approve", description = "approve with a card")
        private boolean approve;

        @Option(names = "--decline", description = "let the card be refused in the window")
        private boolean decline;

        @Option(names = "--cancel", description = "close the window")
        private boolean cancel;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        StackSettings settings = surroundings.settings();
        PrintStream out = surroundings.terminal().out();
        String order = orderId == null ? "" : orderId.strip();
        if (!order.matches("[A-Za-z0-9_-]{6,64}")) {
            throw new NotUnderstood(order + " is not an order id (expected: ord_ and 32 more characters).");
        }
        if (!Issuer.TENANTS.contains(tenant)) {
            throw new NotUnderstood(
                    "--tenant: " + tenant + " (expected: " + String.join(" or ", Issuer.TENANTS) + ").");
        }
        Shop shop = new Shop(
                settings.ports().http(Port.ORDER),
                settings.ports().http(Port.PAYMENT),
                new ShopToken(new Issuer(settings.ports().http(Port.ISSUER)), tenant));
        TossWindow toss = new TossWindow(settings.ports().http(Port.SANDBOX), StackSettings.SECRET_KEY);

        PlacedOrder placed = placedOrder(shop, order);
        out.printf(Locale.ROOT, "%s, %,d won, %s%n", placed.name(), placed.amount(), placed.status());
        Redirect redirect = letTheBuyerPay(toss, placed, out);
        JsonNode outcome;
        if (redirect.path().equals("/success")) {
            out.println("The buyer approved; the shop confirms.");
            var confirmed = shop.confirm(redirect);
            out.println("payment-service answers " + confirmed);
            outcome = confirmed.ok();
        } else {
            out.println("The window closed with " + redirect.parameter("code") + "; the shop reports it.");
            var failed = shop.fail(redirect);
            out.println("payment-service answers " + failed);
            outcome = failed.ok();
        }
        out.println("The payment is " + outcome.path("status").asString("reported") + ". Its events are on the topics"
                + " payment.events and order.events, under the key " + order + ".");
        return 0;
    }

    /** A payment for a plan has no order of goods; then payment-service knows what is to be paid. */
    private static PlacedOrder placedOrder(Shop shop, String order) throws InterruptedException {
        var found = shop.order(order);
        return PlacedOrder.of(found.status() == 404 ? shop.payment(order).ok() : found.ok());
    }

    private Redirect letTheBuyerPay(TossWindow toss, PlacedOrder order, PrintStream out)
            throws IOException, InterruptedException {
        if (answer != null) {
            Session session = toss.open(order.id(), order.name(), order.amount(), "http://127.0.0.1:18085");
            if (answer.approve) {
                return toss.approve(session);
            }
            if (answer.decline) {
                return toss.decline(session);
            }
            if (answer.cancel) {
                return toss.cancel(session);
            }
        }
        try (RedirectListener listener = RedirectListener.start()) {
            Session session = toss.open(order.id(), order.name(), order.amount(), listener.url());
            out.println("Open this address and approve, decline or cancel there: " + session.url());
            return listener.await(BUYER_LIMIT)
                    .orElseThrow(() -> new Trouble("Nobody used the payment window for " + BUYER_LIMIT.toMinutes()
                            + " minutes; given up." + "\nTo open it again: ./wonflow pay " + order.id()));
        }
    }

    /** What the payment window needs to know of an order. */
    private record PlacedOrder(String id, String name, long amount, String status) {

        static PlacedOrder of(JsonNode order) {
            return new PlacedOrder(
                    order.path("orderId").asString(),
                    order.path("orderName").asString(),
                    order.path("amount").asLong(),
                    order.path("status").asString());
        }
    }
}
