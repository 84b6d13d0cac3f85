package dev.wonflow.local.demo;

import dev.wonflow.local.assembly.Port;
import dev.wonflow.local.assembly.Ports;
import dev.wonflow.local.assembly.StackSettings;
import dev.wonflow.local.assembly.WonflowStack;
import dev.wonflow.local.buyer.Shop;
import dev.wonflow.local.buyer.TossWindow;
import dev.wonflow.local.clock.TenantClock;
import dev.wonflow.local.http.JsonHttp;
import dev.wonflow.local.http.JsonHttp.Answer;
import dev.wonflow.local.issuer.Issuer;
import dev.wonflow.local.issuer.ShopToken;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * A tenant that subscribes to a plan of its own, and whose time goes by: the second demo tenant, so that the first one
 * stays in the present. The plan is of a product nobody has, so it can be played any number of times.
 */
final class Subscriber {

    static final String TENANT = Issuer.TENANTS.getLast();
    static final long PRICE = 19_000;

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(50);

    private final JsonHttp subscriptions;
    private final Issuer issuer;
    private final RandomGenerator secrets;
    private final ShopToken token;
    private final Shop shop;
    private final TossWindow toss;
    private final TenantClock clock;
    private final String plan;

    Subscriber(StackSettings settings, TossWindow toss, UUID id) {
        Ports ports = settings.ports();
        this.subscriptions = new JsonHttp(WonflowStack.SUBSCRIPTION, ports.http(Port.SUBSCRIPTION), Map.of());
        this.issuer = new Issuer(ports.http(Port.ISSUER));
        this.secrets = settings.secrets();
        this.token = new ShopToken(issuer, TENANT);
        this.shop = new Shop(ports.http(Port.ORDER), ports.http(Port.PAYMENT), token);
        this.toss = toss;
        this.clock = WonflowStack.clock(settings, TENANT);
        this.plan = "demo-" + id;
    }

    /** Puts the plan on sale, has a card registered, and begins the trial. */
    JsonNode begin() throws InterruptedException {
        operators()
                .put(
                        "/api/plans/" + plan,
                        Map.of("name", "데모", "price", PRICE, "product", plan, "trialDays", 14, "interval", "P1M"))
                .ok();
        String customerKey = shop.openBillingWindow().ok().path("customerKey").asString();
        String method = shop.registerBillingMethod(toss.agreeToBilling(customerKey), customerKey)
                .ok()
                .path("billingMethodId")
                .asString();
        // A card is known there a moment after it is registered.
        long deadline = System.nanoTime() + LIMIT.toNanos();
        Answer answer = subscribe(method);
        while (answer.body().path("code").asString("").equals("subscription.method-awaited")
                && System.nanoTime() < deadline) {
            TimeUnit.NANOSECONDS.sleep(POLL.toNanos());
            answer = subscribe(method);
        }
        return answer.ok();
    }

    private Answer subscribe(String method) throws InterruptedException {
        return signed().post("/api/subscriptions", Map.of("plan", plan, "billingMethodId", method));
    }

    JsonNode subscription() throws InterruptedException {
        return signed().get("/api/subscriptions/" + plan).ok();
    }

    String status() throws InterruptedException {
        return subscription().path("status").asString();
    }

    /** When the trial or the running period is over. */
    Instant end() throws InterruptedException {
        return Instant.parse(subscription().path("planExpiresAt").asString());
    }

    /** What was paid for the plan so far. */
    List<JsonNode> paid() throws InterruptedException {
        return issued().filter(invoice -> invoice.path("status").asString().equals("paid"))
                .toList();
    }

    /** Ids of all invoices for the plan so far. */
    Set<String> invoices() throws InterruptedException {
        return issued().map(invoice -> invoice.path("invoiceId").asString()).collect(Collectors.toSet());
    }

    private Stream<JsonNode> issued() throws InterruptedException {
        return signed().get("/api/invoices?limit=200")
                .ok()
                .path("data")
                .valueStream()
                .filter(invoice -> invoice.path("product").asString().equals(plan));
    }

    /** Lets the tenant's time go by until some time after the running period is over. */
    void pass(Duration afterEnd) throws InterruptedException {
        moveTo(end().plus(afterEnd));
    }

    void moveTo(Instant moment) throws InterruptedException {
        var _ = clock.to(moment, (_, _) -> {});
    }

    /** The tenant's time, to the second. */
    Instant now() throws InterruptedException {
        return clock.now().truncatedTo(ChronoUnit.SECONDS);
    }

    /** Lets Toss refuse the next charge of any card. */
    void declineNextCharge(String code) throws InterruptedException {
        toss.armChargeDecline(code);
    }

    Answer cancelAtPeriodEnd() throws InterruptedException {
        return signed().post("/api/subscriptions/" + plan + "/cancel", Map.of("when", "period_end"));
    }

    /** Takes the plan off sale. */
    void leave() throws InterruptedException {
        operators().post("/api/plans/" + plan + "/withdraw", Map.of()).ok();
    }

    private JsonHttp signed() throws InterruptedException {
        return subscriptions.with("Authorization", "Bearer " + token.value());
    }

    private JsonHttp operators() throws InterruptedException {
        return subscriptions.with(
                "Authorization",
                "Bearer "
                        + issuer.person("operator", List.of("operator:catalogue"), secrets)
                                .value());
    }
}
