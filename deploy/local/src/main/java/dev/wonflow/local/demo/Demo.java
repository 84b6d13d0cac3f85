package dev.wonflow.local.demo;

import dev.wonflow.local.Trouble;
import dev.wonflow.local.assembly.Port;
import dev.wonflow.local.assembly.Ports;
import dev.wonflow.local.assembly.StackSettings;
import dev.wonflow.local.buyer.Shop;
import dev.wonflow.local.buyer.TossWindow;
import dev.wonflow.local.buyer.TossWindow.Redirect;
import dev.wonflow.local.buyer.TossWindow.Session;
import dev.wonflow.local.demo.Upstream.Item;
import dev.wonflow.local.http.JsonHttp.Answer;
import dev.wonflow.local.issuer.Issuer;
import dev.wonflow.local.issuer.ShopToken;
import java.io.PrintStream;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * Plays scenarios against a running stack, from the outside: a Kafka client upstream, a buyer at the payment window, a
 * consumer on the topics. Every scenario uses ids of its own, so it can be played any number of times.
 */
public final class Demo implements AutoCloseable {

    /** How long one event may take; a machine that builds something else beside has its slow moments. */
    private static final Duration EVENT_LIMIT = Duration.ofSeconds(30);

    /** A status check asks Toss only after a while, and again after a longer one. */
    private static final Duration STATUS_CHECK_LIMIT = Duration.ofSeconds(90);

    private static final Duration POLL = Duration.ofMillis(100);

    /** Longer than anything that is due waits for the machine. */
    private static final Duration AN_HOUR = Duration.ofHours(1);

    /** A declined charge is tried again a day later, and in no window in which nobody is bothered. */
    private static final Duration A_RETRY = Duration.ofDays(2);

    /** Toss: the card company refuses; the buyer can try another card. */
    private static final String DECLINE_CODE = "REJECT_CARD_PAYMENT";

    /** Whose shop it is. */
    private static final String TENANT = Issuer.TENANTS.getFirst();

    private static final String ORDERS = "order.events";
    private static final String PAYMENTS = "payment.events";
    private static final String WEBHOOKS = "toss.webhooks";
    private static final String SUBSCRIPTIONS = "subscription.events";
    private static final String NOTICES = "notice.requests";
    private static final String TRANSMISSION_ID = "tosspayments-webhook-transmission-id";

    private final TopicWatch watch;
    private final Upstream upstream;
    private final Shop shop;
    private final TossWindow toss;
    private final WebhookTable webhookTable;
    private final Map<String, OutboxTable> outboxes;
    private final String appUrl;
    private final Supplier<UUID> ids;
    private final Story story;
    private final Subscriber subscriber;

    /** What the scenario at hand is about: events that name one of these are told. */
    private final Set<String> subjects = ConcurrentHashMap.newKeySet();

    private Demo(StackSettings settings, Supplier<UUID> ids, PrintStream out) {
        Ports ports = settings.ports();
        String kafka = "127.0.0.1:" + ports.of(Port.KAFKA);
        this.watch = TopicWatch.start(
                kafka, List.of(Upstream.TOPIC, Upstream.COMMANDS, ORDERS, PAYMENTS, WEBHOOKS, SUBSCRIPTIONS, NOTICES));
        this.upstream = new Upstream(kafka);
        this.shop = new Shop(
                ports.http(Port.ORDER),
                ports.http(Port.PAYMENT),
                new ShopToken(new Issuer(ports.http(Port.ISSUER)), TENANT));
        this.toss = new TossWindow(ports.http(Port.SANDBOX), StackSettings.SECRET_KEY);
        this.webhookTable = new WebhookTable(settings.jdbcUrl("payments"), "payments");
        this.outboxes = Map.of(
                ORDERS, new OutboxTable(settings.jdbcUrl("orders"), "orders"),
                PAYMENTS, new OutboxTable(settings.jdbcUrl("payments"), "payments"));
        this.appUrl = ports.http(Port.APP);
        this.ids = ids;
        this.story = new Story(out);
        this.subscriber = new Subscriber(settings, toss, ids.get());
    }

    /**
     * Connects to a stack that is up.
     *
     * @param ids fresh ids
     * @param out where the story is told
     */
    public static Demo of(StackSettings settings, Supplier<UUID> ids, PrintStream out) {
        Demo demo = new Demo(settings, ids, out);
        demo.watch.onRecord(seen -> {
            if (demo.subjects.stream().anyMatch(seen::isAbout)) {
                demo.story.event(seen);
            }
        });
        return demo;
    }

    /** Plays one scenario and checks what came of it. */
    public Outcome play(int number, Scenario scenario) throws InterruptedException {
        story.begin(number, scenario);
        subjects.clear();
        long begin = System.nanoTime();
        Outcome outcome;
        try {
            String seen = switch (scenario) {
                case SUCCESS -> success();
                case BUYER_CANCELS -> buyerCancels();
                case DECLINE -> decline();
                case THREE_WEBHOOKS -> threeWebhooks();
                case LOST_ANSWER -> lostAnswer();
                case PARTIAL_REFUND -> partialRefund();
                case FULL_REFUND -> fullRefund();
                case DEPOSIT -> deposit();
                case ACCOUNT -> account();
                case RECEIPT -> receipt();
                case CHARGE -> charge();
                case TRIAL -> trial();
                case RENEWAL -> renewal();
                case DUNNING -> dunning();
                case CANCELLATION -> cancellation();
            };
            outcome = new Outcome(scenario, true, seen, since(begin));
        } catch (Unmet | Trouble e) {
            outcome = new Outcome(scenario, false, String.valueOf(e.getMessage()), since(begin));
        } catch (SQLException e) {
            outcome = new Outcome(scenario, false, "database: " + e.getMessage(), since(begin));
        }
        story.step(outcome.held() ? "held" : "DID NOT HOLD", outcome.seen());
        return outcome;
    }

    /**
     * What became of a scenario.
     *
     * @param held whether everything came as expected, and nothing else
     * @param seen what came, or what was missing
     */
    public record Outcome(Scenario scenario, boolean held, String seen, Duration took) {}

    private String success() throws InterruptedException, SQLException {
        Checkout checkout = checkout();
        pay(checkout);
        requireOne(checkout, "payment.paid.v1");
        requireOne(checkout, "order.confirmed.v1");
        awaitOrder(checkout, "confirmed");
        // Toss tells the same by webhook, before or after; it must change nothing any more.
        event(WEBHOOKS, seen -> seen.isAbout(checkout.orderId()), "a webhook of Toss");
        awaitHandled(checkout, 1);
        requirePaidOnce(checkout);
        return "order confirmed, payment paid";
    }

    private String buyerCancels() throws InterruptedException, SQLException {
        Checkout checkout = checkout();
        Redirect redirect = toss.cancel(checkout.session());
        story.step("payment window", "closed by the buyer: " + redirect.parameter("code"));
        answered("the shop reports it", shop.fail(redirect), 200);
        requireOne(checkout, "payment.canceled.v1");
        Seen cancelled = requireOne(checkout, "order.cancelled.v1");
        require(
                cancelled.value().path("reason").asString().equals("BUYER_CANCELED"),
                "order.cancelled.v1 gives the reason " + cancelled.value().path("reason") + ", not BUYER_CANCELED");
        awaitOrder(checkout, "cancelled");
        require(toss.confirms(checkout.orderId()) == 0, "a confirm reached Toss after the buyer had cancelled");
        requireOutboxPublished(checkout);
        return "order cancelled, payment canceled";
    }

    private String decline() throws InterruptedException, SQLException {
        Checkout checkout = checkout();
        toss.armDecline(checkout.orderId(), DECLINE_CODE);
        Redirect redirect = approve(checkout);
        Answer answer = shop.confirm(redirect);
        answered("the shop confirms", answer, 402);
        require(
                answer.body().path("tossCode").asString("").equals(DECLINE_CODE),
                "confirm answered without tossCode " + DECLINE_CODE + ": " + answer.body());
        Seen failed = requireOne(checkout, "payment.failed.v1");
        require(
                failed.value().path("failureCode").asString("").equals(DECLINE_CODE),
                "payment.failed.v1 carries the code " + failed.value().path("failureCode"));
        JsonNode order = awaitOrder(checkout, view -> !view.path("failures").isEmpty(), "a recorded failure");
        require(
                order.path("status").asString().equals("pending"),
                "the order is " + order.path("status").asString() + ", not pending");
        requireOutboxPublished(checkout);
        require(events(checkout, "order.confirmed.v1").isEmpty(), "order.confirmed.v1 came for a declined payment");
        require(toss.effectiveConfirms(checkout.orderId()) == 0, "Toss took money for a declined payment");
        return "order pending, failure recorded";
    }

    private String threeWebhooks() throws InterruptedException, SQLException {
        Checkout checkout = checkout();
        pay(checkout);
        requireOne(checkout, "payment.paid.v1");
        requireOne(checkout, "order.confirmed.v1");
        Seen first = event(
                WEBHOOKS,
                seen -> seen.isAbout(checkout.orderId())
                        && seen.value().path("data").path("status").asString("").equals("DONE"),
                "the webhook that tells of the payment");
        String transmission = first.header(TRANSMISSION_ID);
        for (int i = 2; i <= 3; i++) {
            story.step("toss-sandbox", "sends webhook " + transmission + " again");
            toss.resend(transmission).ok();
        }
        Predicate<Seen> same = seen ->
                seen.topic().equals(WEBHOOKS) && seen.header(TRANSMISSION_ID).equals(transmission);
        List<Seen> three = watch.await(3, same, EVENT_LIMIT)
                .orElseThrow(() -> new Unmet("of three equal webhooks, only "
                        + watch.all(same).size() + " were stored in " + WEBHOOKS + " after "
                        + EVENT_LIMIT.toSeconds() + " s"));
        require(three.size() == 3, three.size() + " webhooks were stored instead of three");
        awaitHandled(checkout, 3);
        requirePaidOnce(checkout);
        awaitOrder(checkout, "confirmed");
        return "three stored, one effect";
    }

    private String lostAnswer() throws InterruptedException, SQLException {
        Checkout checkout = checkout();
        toss.armLostAnswer(checkout.orderId());
        Redirect redirect = approve(checkout);
        answered("the shop confirms", shop.confirm(redirect), 202);
        requireOne(checkout, "payment.outcome-unknown.v1");
        requireOne(checkout, "payment.paid.v1", STATUS_CHECK_LIMIT);
        requireOne(checkout, "order.confirmed.v1");
        awaitOrder(checkout, "confirmed");
        requirePaidOnce(checkout);
        long questions = toss.questions(checkout.orderId());
        story.step("toss-sandbox", "was asked " + questions + " times how the payment stands");
        require(questions > 0, "the payment was settled without asking Toss");
        return "unknown, then confirmed";
    }

    private String partialRefund() throws InterruptedException, SQLException {
        Checkout checkout = paidCheckout();
        answered("the shop gives 13,000 won back", shop.refund(checkout.orderId(), 13_000, "옵션 변경"), 200);
        Seen refunded = requireOne(checkout, "payment.partially-refunded.v1");
        require(
                refunded.value().path("balanceAmount").asLong() == 20_000,
                "payment.partially-refunded.v1 leaves " + refunded.value().path("balanceAmount") + " won, not 20000");
        awaitOrder(checkout, "confirmed");
        requirePaidOnce(checkout);
        requireRefundedOnce(checkout);
        return "order confirmed, part refunded";
    }

    private String fullRefund() throws InterruptedException, SQLException {
        Checkout checkout = paidCheckout();
        answered("the shop gives it all back", shop.refund(checkout.orderId(), "고객 변심"), 200);
        requireOne(checkout, "payment.refunded.v1");
        Seen cancelled = requireOne(checkout, "order.cancelled.v1");
        require(
                cancelled.value().path("reason").asString().equals("REFUNDED"),
                "order.cancelled.v1 gives the reason " + cancelled.value().path("reason") + ", not REFUNDED");
        awaitOrder(checkout, "cancelled");
        requirePaidOnce(checkout);
        requireRefundedOnce(checkout);
        return "order cancelled, payment refunded";
    }

    private String deposit() throws InterruptedException, SQLException {
        Checkout checkout = checkout(toss::openAccount);
        answered("the shop confirms", shop.confirm(approve(checkout)), 200);
        transfer(checkout);
        story.step("bank", "takes the deposit back");
        toss.reverseDeposit(checkout.session());
        requireOne(checkout, "payment.reversed.v1");
        requireOne(checkout, "order.on-hold.v1");
        awaitOrder(checkout, "on_hold");
        requirePaidOnce(checkout);
        return "confirmed, then on hold";
    }

    private void transfer(Checkout checkout) throws InterruptedException {
        requireOne(checkout, "payment.waiting-for-deposit.v1");
        story.step("bank", "the buyer transfers the money");
        toss.deposit(checkout.session());
        requireOne(checkout, "payment.paid.v1");
        requireOne(checkout, "order.confirmed.v1");
        awaitOrder(checkout, "confirmed");
    }

    private String account() throws InterruptedException, SQLException {
        Checkout checkout = checkout((orderId, _, _, _) -> {
            answered("the shop has an account opened", shop.openAccount(orderId), 201);
            return toss.opened(orderId);
        });
        transfer(checkout);
        requireOutboxPublished(checkout);
        long openings = toss.effectiveOpenings(checkout.orderId());
        require(openings == 1, openings + " accounts were opened at Toss instead of one");
        require(toss.confirms(checkout.orderId()) == 0, "a confirm reached Toss for an account that needs none");
        return "opened once, paid by a deposit";
    }

    private String receipt() throws InterruptedException, SQLException {
        Checkout checkout = checkout(toss::openTransfer);
        pay(checkout);
        requireOne(checkout, "order.confirmed.v1");
        answered("the shop has a cash receipt issued", shop.issueReceipt(checkout.orderId()), 200);
        requireReceipt(checkout, "CONFIRM", 33_000);
        answered("the shop gives 13,000 won back", shop.refund(checkout.orderId(), 13_000, "옵션 변경"), 200);
        requireReceipt(checkout, "CANCEL", 13_000);
        requirePaidOnce(checkout);
        return "issued, and a part taken back";
    }

    private void requireReceipt(Checkout checkout, String transactionType, long amount) throws InterruptedException {
        event(
                PAYMENTS,
                seen -> seen.type().equals("payment.cash-receipt-changed.v1")
                        && seen.isAbout(checkout.orderId())
                        && seen.value().path("transactionType").asString("").equals(transactionType)
                        && seen.value().path("receiptAmount").asLong() == amount,
                "payment.cash-receipt-changed.v1, " + transactionType + " of " + amount + " won");
    }

    /** Asks twice for the same charge, as whoever dies after asking does. */
    private String charge() throws InterruptedException {
        String customerKey = shop.openBillingWindow().ok().path("customerKey").asString();
        String authKey = toss.agreeToBilling(customerKey);
        story.step("billing window", "the buyer agrees that a card may be charged");
        Answer registered = shop.registerBillingMethod(authKey, customerKey);
        answered("the shop registers the card", registered, 201);
        String method = registered.body().path("billingMethodId").asString();
        String charge = ids.get().toString();
        subjects.add(charge);
        for (int time = 1; time <= 2; time++) {
            upstream.charge("demo-" + ids.get(), charge, TENANT, method, 29_000, toss.now());
        }
        Predicate<Seen> paid = seen -> seen.type().equals("payment.charge-paid.v1")
                && seen.value().path("chargeId").asString("").equals(charge);
        Seen first = event(PAYMENTS, paid, "payment.charge-paid.v1");
        String orderId = first.value().path("orderId").asString();
        // Of the second message nothing comes; what it might have done is over when a later charge is.
        String later = ids.get().toString();
        upstream.charge("demo-" + ids.get(), later, TENANT, method, 1_000, toss.now());
        event(
                PAYMENTS,
                seen -> seen.type().equals("payment.charge-paid.v1")
                        && seen.value().path("chargeId").asString("").equals(later),
                "payment.charge-paid.v1 of a later charge");
        require(distinct(watch.all(paid)) == 1, "payment.charge-paid.v1 came " + distinct(watch.all(paid)) + " times");
        long effective = toss.effectiveCharges(orderId);
        require(effective == 1, effective + " charges took money at Toss instead of one");
        return "charged once, command repeated";
    }

    private String trial() throws InterruptedException {
        subjects.add(Subscriber.TENANT);
        String status = subscriber.begin().path("status").asString();
        story.step("subscription-service", "the tenant subscribes: " + status);
        require(status.equals("trialing"), "the subscription is " + status + ", not trialing");
        require(subscriber.paid().isEmpty(), "something was charged within the trial");
        pass(AN_HOUR);
        requireStanding("active", 1);
        return "trialing, then charged";
    }

    /** Two of them: were a third of all charges declined, renewals would halt after some demos. */
    private String renewal() throws InterruptedException {
        subjects.add(Subscriber.TENANT);
        requireStanding("active", 1);
        pass(AN_HOUR);
        requireStanding("active", 2);
        pass(AN_HOUR);
        requireStanding("active", 3);
        return "renewed and charged twice";
    }

    private String dunning() throws InterruptedException {
        subjects.add(Subscriber.TENANT);
        requireStanding("active", 3);
        Instant end = subscriber.end();
        // As near as can be, so that the tenant's other subscriptions, if there are any, are charged before.
        subscriber.moveTo(end.minus(AN_HOUR));
        subscriber.declineNextCharge(DECLINE_CODE);
        pass(AN_HOUR);
        requireStanding("past_due", 3);
        requireNotice("payment-failed");
        subscriber.moveTo(end.plus(A_RETRY));
        story.step("clock", "the tenant's time goes by until " + subscriber.now());
        requireStanding("active", 4);
        requireNotice("recovered");
        return "past due, then paid and active";
    }

    private String cancellation() throws InterruptedException {
        subjects.add(Subscriber.TENANT);
        requireStanding("active", 4);
        answered("subscription-service", "the tenant cancels", subscriber.cancelAtPeriodEnd(), 200);
        requireStanding("active", 4);
        pass(AN_HOUR);
        requireStanding("canceled", 4);
        subscriber.leave();
        return "ended, charged no more";
    }

    /** The tenant is told about an invoice of the subscription. */
    private void requireNotice(String kind) throws InterruptedException {
        Set<String> invoices = subscriber.invoices();
        Seen _ = event(
                NOTICES,
                seen -> seen.value().path("kind").asString("").equals(kind)
                        && invoices.contains(seen.value().path("subject").asString("")),
                "a notice " + kind);
    }

    private void pass(Duration afterEnd) throws InterruptedException {
        subscriber.pass(afterEnd);
        story.step("clock", "the tenant's time goes by until " + subscriber.now());
    }

    /** The subscription as it is now, and how often it was paid for. */
    private void requireStanding(String status, int paid) throws InterruptedException {
        String found = subscriber.status();
        List<JsonNode> invoices = subscriber.paid();
        story.step("subscription-service", "the subscription is " + found + ", " + invoices.size() + " invoices paid");
        require(found.equals(status), "the subscription is " + found + ", not " + status);
        require(invoices.size() == paid, invoices.size() + " invoices were paid, not " + paid);
        require(
                invoices.stream().allMatch(invoice -> invoice.path("amount").asLong() == Subscriber.PRICE),
                "an invoice is not over " + Subscriber.PRICE + " won: " + invoices);
    }

    private Checkout paidCheckout() throws InterruptedException {
        Checkout checkout = checkout();
        pay(checkout);
        requireOne(checkout, "order.confirmed.v1");
        return checkout;
    }

    private void requireRefundedOnce(Checkout checkout) throws InterruptedException {
        long effective = toss.effectiveCancels(checkout.orderId());
        require(effective == 1, effective + " cancels gave money back at Toss instead of one");
    }

    /** Publishes a request and waits until the order and its payment exist and the payment window is open. */
    private Checkout checkout() throws InterruptedException {
        return checkout(toss::open);
    }

    private Checkout checkout(Window window) throws InterruptedException {
        String request = "demo-" + ids.get();
        subjects.add(request);
        upstream.request(
                request,
                TENANT,
                List.of(new Item("MUG-350-WHITE", "머그컵", 12_000, 2), new Item("COASTER-CORK", "코르크 컵받침", 9_000, 1)));
        Seen placed = event(
                ORDERS,
                seen -> seen.type().equals("order.placed.v1")
                        && seen.value().path("requestId").asString("").endsWith(request),
                "order.placed.v1 for request " + request);
        String orderId = placed.value().path("orderId").asString();
        long amount = placed.value().path("amount").asLong();
        if (subjects.add(orderId)) {
            story.step("", orderId + ", " + String.format(Locale.ROOT, "%,d won", amount));
        }
        require(amount == 33_000, "the order's amount is " + amount + ", not 33000");
        event(
                PAYMENTS,
                seen -> seen.type().equals("payment.requested.v1") && seen.isAbout(orderId),
                "payment.requested.v1");
        Session session = window.open(orderId, placed.value().path("orderName").asString(), amount, appUrl);
        return new Checkout(orderId, amount, session);
    }

    /** Opens a payment window, in which one way to pay is chosen. */
    private interface Window {
        Session open(String orderId, String orderName, long amount, String shop) throws InterruptedException;
    }

    private Redirect approve(Checkout checkout) throws InterruptedException {
        Redirect redirect = toss.approve(checkout.session());
        story.step("payment window", "the buyer approves " + redirect.parameter("amount") + " won");
        return redirect;
    }

    private void pay(Checkout checkout) throws InterruptedException {
        answered("the shop confirms", shop.confirm(approve(checkout)), 200);
    }

    private void answered(String what, Answer answer, int expected) {
        answered("payment-service", what, answer, expected);
    }

    private void answered(String who, String what, Answer answer, int expected) {
        story.step(who, what + ": " + answer.status() + " " + described(answer.body()));
        require(answer.status() == expected, what + ": answered " + answer + " (expected: " + expected + ")");
    }

    private static String described(JsonNode body) {
        JsonNode code = body.path("code");
        return code.isMissingNode()
                ? body.path("status").asString("")
                : (code.asString() + " " + body.path("tossCode").asString("")).strip();
    }

    /** Exactly one effective confirm, one paid, one confirmed; and the topics hold what the outboxes promised. */
    private void requirePaidOnce(Checkout checkout) throws InterruptedException, SQLException {
        requireOutboxPublished(checkout);
        require(
                distinct(events(checkout, "payment.paid.v1")) == 1,
                "payment.paid.v1 came " + distinct(events(checkout, "payment.paid.v1")) + " times");
        require(
                distinct(events(checkout, "order.confirmed.v1")) == 1,
                "order.confirmed.v1 came " + distinct(events(checkout, "order.confirmed.v1")) + " times");
        long effective = toss.effectiveConfirms(checkout.orderId());
        require(effective == 1, effective + " confirms took money at Toss instead of one");
        long paid = shop.payment(checkout.orderId()).ok().path("amount").asLong();
        require(paid == checkout.amount(), "the payment is over " + paid + " won, not " + checkout.amount());
    }

    /** Every event in the two outboxes is on its topic, and the topics hold no other. */
    private void requireOutboxPublished(Checkout checkout) throws InterruptedException, SQLException {
        for (Map.Entry<String, OutboxTable> outbox : outboxes.entrySet()) {
            String topic = outbox.getKey();
            long deadline = System.nanoTime() + EVENT_LIMIT.toNanos();
            Set<String> promised = outbox.getValue().ids(checkout.orderId());
            Set<String> published = publishedIds(topic, checkout);
            while (!promised.equals(published) && System.nanoTime() < deadline) {
                TimeUnit.NANOSECONDS.sleep(POLL.toNanos());
                promised = outbox.getValue().ids(checkout.orderId());
                published = publishedIds(topic, checkout);
            }
            require(
                    !promised.isEmpty() && promised.equals(published),
                    topic + " and its outbox differ: " + difference(promised, published) + " only in the outbox, "
                            + difference(published, promised) + " only on the topic");
        }
    }

    private Set<String> publishedIds(String topic, Checkout checkout) {
        return watch.all(seen -> seen.topic().equals(topic) && seen.key().equals(checkout.orderId())).stream()
                .map(Seen::id)
                .collect(Collectors.toSet());
    }

    private static Set<String> difference(Set<String> these, Set<String> without) {
        Set<String> rest = new HashSet<>(these);
        rest.removeAll(without);
        return rest;
    }

    private Seen requireOne(Checkout checkout, String type) throws InterruptedException {
        return requireOne(checkout, type, EVENT_LIMIT);
    }

    private Seen requireOne(Checkout checkout, String type, Duration limit) throws InterruptedException {
        return watch.await(1, isEvent(checkout, type), limit)
                .orElseThrow(() ->
                        new Unmet(type + " did not come within " + limit.toSeconds() + " s for " + checkout.orderId()))
                .getFirst();
    }

    private List<Seen> events(Checkout checkout, String type) {
        return watch.all(isEvent(checkout, type));
    }

    private static Predicate<Seen> isEvent(Checkout checkout, String type) {
        return seen -> seen.type().equals(type) && seen.key().equals(checkout.orderId());
    }

    /** A relay may publish an event twice; that is the same event, since it keeps its id. */
    private static long distinct(List<Seen> events) {
        return events.stream().map(Seen::id).distinct().count();
    }

    private Seen event(String topic, Predicate<Seen> matching, String what) throws InterruptedException {
        Optional<List<Seen>> found =
                watch.await(1, seen -> seen.topic().equals(topic) && matching.test(seen), EVENT_LIMIT);
        return found.orElseThrow(() ->
                        new Unmet(what + " did not come on " + topic + " within " + EVENT_LIMIT.toSeconds() + " s"))
                .getFirst();
    }

    private JsonNode awaitOrder(Checkout checkout, String status) throws InterruptedException {
        return awaitOrder(checkout, order -> order.path("status").asString().equals(status), "the status " + status);
    }

    private JsonNode awaitOrder(Checkout checkout, Predicate<JsonNode> matching, String what)
            throws InterruptedException {
        long deadline = System.nanoTime() + EVENT_LIMIT.toNanos();
        JsonNode order = shop.order(checkout.orderId()).ok();
        while (!matching.test(order)) {
            require(
                    System.nanoTime() < deadline,
                    "order " + checkout.orderId() + " did not get " + what + " within " + EVENT_LIMIT.toSeconds()
                            + " s: " + order);
            TimeUnit.NANOSECONDS.sleep(POLL.toNanos());
            order = shop.order(checkout.orderId()).ok();
        }
        story.step(
                "order-service",
                "the order is " + order.path("status").asString()
                        + (order.path("failures").isEmpty() ? "" : ", failures: " + order.path("failures")));
        return order;
    }

    /** Waits until payment-service is done with webhooks, which includes asking Toss where it has to. */
    private void awaitHandled(Checkout checkout, int webhooks) throws InterruptedException, SQLException {
        long deadline = System.nanoTime() + EVENT_LIMIT.toNanos();
        List<String> outcomes = webhookTable.outcomes(checkout.orderId());
        while (outcomes.size() < webhooks) {
            require(
                    System.nanoTime() < deadline,
                    "payment-service has handled only " + outcomes.size() + " of " + webhooks + " webhooks within "
                            + EVENT_LIMIT.toSeconds() + " s");
            TimeUnit.NANOSECONDS.sleep(POLL.toNanos());
            outcomes = webhookTable.outcomes(checkout.orderId());
        }
        story.step(
                "payment-service",
                "has handled " + webhooks + (webhooks == 1 ? " webhook: " : " webhooks: ")
                        + String.join(", ", outcomes));
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new Unmet(otherwise);
        }
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }

    @Override
    public void close() {
        watch.close();
        upstream.close();
    }
}
