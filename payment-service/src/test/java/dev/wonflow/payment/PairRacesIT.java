package dev.wonflow.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wonflow.money.Money;
import dev.wonflow.payment.gateway.toss.TossStub;
import dev.wonflow.payment.payment.Payments;
import dev.wonflow.payment.payment.StatusChecks;
import dev.wonflow.payment.payment.Stray;
import dev.wonflow.payment.payment.Strays;
import dev.wonflow.payment.reconciliation.Difference;
import dev.wonflow.payment.reconciliation.ReconciliationCase;
import dev.wonflow.payment.reconciliation.ReconciliationCases;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Every two that may decide about one payment at the same moment, with either before the other and with none told to
 * wait. Whoever is first: no won is lost or taken twice, and payment, events, ledger and Toss's books agree. The table
 * is docs/races.md. {@code -Dwonflow.races.rounds=50} races each pair fifty times.
 */
@WithPaymentService
@Tag("F16")
@Tag("F18")
@Tag("F2")
class PairRacesIT {

    private static final Logger log = LoggerFactory.getLogger(PairRacesIT.class);

    private static final int ROUNDS = Integer.getInteger("wonflow.races.rounds", 3);

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final String CONFIRM = "confirm";
    private static final String OPEN = "virtual-account";
    private static final String FAIL = "fail";
    private static final String REFUND = "cancel";
    private static final String CLOSED = "order-events";
    private static final String LOOK = "status-check";
    private static final String LOOK_NOW = "look";

    private static final String STRAY_REFUNDED = "payment.stray-capture-refunded.v1";

    /** So much of one payment is given back only if a second person agrees. */
    private static final long LARGE = 2_000_000;

    private final Driver driver;
    private final TossStub toss;
    private final Meeting meeting;
    private final StatusChecks statusChecks;
    private final ReconciliationCases cases;
    private final Payments payments;
    private final Strays strays;
    private final JdbcClient jdbc;
    private final TransactionOperations transaction;
    private final Clock clock;

    @Autowired
    PairRacesIT(
            Driver driver,
            TossStub toss,
            Meeting meeting,
            StatusChecks statusChecks,
            ReconciliationCases cases,
            Payments payments,
            Strays strays,
            JdbcClient jdbc,
            TransactionOperations transaction,
            Clock clock) {
        this.driver = driver;
        this.toss = toss;
        this.meeting = meeting;
        this.statusChecks = statusChecks;
        this.cases = cases;
        this.payments = payments;
        this.strays = strays;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** How the payment stands when the two begin. */
    enum Start {
        REQUESTED,
        /** Toss has been asked and has not answered yet. */
        CONFIRMING,
        /** Toss has been asked for a virtual account, has opened it, and has not answered yet. */
        OPENING,
        /** Toss took the money, and its answer was lost. */
        UNKNOWN,
        PAID,
        /** Paid, and a refund of three quarters waits for a second person. */
        AWAITING_APPROVAL
    }

    /** Who decides about it. */
    enum Actor {
        /** Toss's answer to the confirm, which is under way. */
        ANSWER(CONFIRM),
        /** Toss's answer to the opening of an account, which is under way. */
        ACCOUNT(OPEN),
        BUYER_FAILS(FAIL),
        ORDER_CLOSED(CLOSED),
        /** A webhook leads to a look. */
        WEBHOOK(LOOK),
        /** A look that nobody hinted at, as sweeps and reconciliation ask for. */
        STATUS_CHECK(LOOK),
        /** Somebody wants to know now. */
        LOOK_NOW(PairRacesIT.LOOK_NOW),
        REFUND(PairRacesIT.REFUND),
        /** A second person agrees to the refund that waits. */
        APPROVAL("approve"),
        /** Another one does not. */
        REJECTION("reject"),
        /** Who keeps the books says that Toss owes 1 won less than the ledger has it. */
        OPERATOR("explain"),
        /** Toss holds the buyer's money under another key as well, and that goes back. */
        STRAY_CAPTURE("stray-capture"),
        /** Someone gives 1,000 won back in Toss's console, and a webhook tells of it. */
        CONSOLE_CANCEL(LOOK);

        private final String caller;

        Actor(String caller) {
            this.caller = caller;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "CONFIRMING, ANSWER, WEBHOOK",
        "CONFIRMING, ANSWER, STATUS_CHECK",
        "CONFIRMING, ANSWER, LOOK_NOW",
        "CONFIRMING, ANSWER, ORDER_CLOSED",
        "CONFIRMING, ANSWER, BUYER_FAILS",
        "CONFIRMING, ORDER_CLOSED, WEBHOOK",
        "CONFIRMING, BUYER_FAILS, WEBHOOK",
        "REQUESTED, BUYER_FAILS, ORDER_CLOSED",
        "OPENING, ACCOUNT, WEBHOOK",
        "OPENING, ACCOUNT, STATUS_CHECK",
        "OPENING, ACCOUNT, ORDER_CLOSED",
        "OPENING, ACCOUNT, BUYER_FAILS",
        "OPENING, ORDER_CLOSED, WEBHOOK",
        "CONFIRMING, ANSWER, OPERATOR",
        "CONFIRMING, ORDER_CLOSED, BUYER_FAILS",
        "UNKNOWN, STATUS_CHECK, OPERATOR",
        "UNKNOWN, STATUS_CHECK, ORDER_CLOSED",
        "UNKNOWN, STATUS_CHECK, BUYER_FAILS",
        "PAID, REFUND, ORDER_CLOSED",
        "PAID, REFUND, STATUS_CHECK",
        "PAID, REFUND, LOOK_NOW",
        "PAID, REFUND, CONSOLE_CANCEL",
        "PAID, REFUND, BUYER_FAILS",
        "PAID, ORDER_CLOSED, STATUS_CHECK",
        "PAID, ORDER_CLOSED, CONSOLE_CANCEL",
        "PAID, ORDER_CLOSED, BUYER_FAILS",
        "PAID, BUYER_FAILS, CONSOLE_CANCEL",
        "CONFIRMING, ANSWER, STRAY_CAPTURE",
        "CONFIRMING, STRAY_CAPTURE, ORDER_CLOSED",
        "CONFIRMING, STRAY_CAPTURE, BUYER_FAILS",
        "CONFIRMING, STRAY_CAPTURE, WEBHOOK",
        "PAID, STRAY_CAPTURE, REFUND",
        "PAID, STATUS_CHECK, STRAY_CAPTURE",
        "PAID, STRAY_CAPTURE, CONSOLE_CANCEL",
        "PAID, STRAY_CAPTURE, ORDER_CLOSED",
        "PAID, STRAY_CAPTURE, BUYER_FAILS",
        "PAID, STRAY_CAPTURE, LOOK_NOW",
        "PAID, STRAY_CAPTURE, OPERATOR",
        "AWAITING_APPROVAL, STRAY_CAPTURE, APPROVAL",
        "AWAITING_APPROVAL, STRAY_CAPTURE, REJECTION",
        "PAID, OPERATOR, REFUND",
        "PAID, OPERATOR, ORDER_CLOSED",
        "PAID, OPERATOR, STATUS_CHECK",
        "PAID, OPERATOR, CONSOLE_CANCEL",
        "PAID, OPERATOR, BUYER_FAILS",
        "AWAITING_APPROVAL, APPROVAL, REJECTION",
        "AWAITING_APPROVAL, APPROVAL, ORDER_CLOSED",
        "AWAITING_APPROVAL, APPROVAL, REFUND",
        "AWAITING_APPROVAL, APPROVAL, STATUS_CHECK",
        "AWAITING_APPROVAL, APPROVAL, CONSOLE_CANCEL",
        "AWAITING_APPROVAL, APPROVAL, OPERATOR",
        "AWAITING_APPROVAL, APPROVAL, BUYER_FAILS",
        "AWAITING_APPROVAL, REJECTION, ORDER_CLOSED",
        "AWAITING_APPROVAL, REJECTION, REFUND",
        "AWAITING_APPROVAL, REJECTION, STATUS_CHECK",
        "AWAITING_APPROVAL, REJECTION, CONSOLE_CANCEL",
        "AWAITING_APPROVAL, REJECTION, OPERATOR",
        "AWAITING_APPROVAL, REJECTION, BUYER_FAILS"
    })
    void whoever_is_first_the_books_agree(Start start, Actor one, Actor other) {
        SortedMap<String, Integer> orders = new TreeMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            String first = switch (round % 3) {
                case 0 -> one.caller;
                case 1 -> other.caller;
                default -> null;
            };
            Race race = new Race(start, first);
            race.run(one, other);
            orders.merge(String.join(" before ", race.place.order()), 1, Integer::sum);
        }
        log.info("{}: {} and {} raced {} times: {}", start, one, other, ROUNDS, orders);
        assertThat(orders)
                .as("orders that occurred; with one of them only, the race says nothing")
                .containsKeys(one.caller + " before " + other.caller, other.caller + " before " + one.caller);
    }

    /** One payment, and two who decide about it. */
    private final class Race {

        private final long amount;
        private final OrderId order;
        private final PaymentKey key;
        private final PaymentId payment;
        private final CountDownLatch answer = new CountDownLatch(1);
        private final List<CompletableFuture<Driver.Answer>> answers = new ArrayList<>();
        private final Meeting.Place place;
        private final Start start;
        private String awaiting = "";
        private String explained = "";
        private long corrected;
        private @Nullable PaymentKey second;
        private boolean closed;

        Race(Start start, @Nullable String first) {
            amount = start == Start.AWAITING_APPROVAL ? LARGE : Driver.AMOUNT;
            order = driver.aPlacedOrder(amount);
            key = toss.authenticated(order, amount);
            payment = driver.payment(order);
            switch (start) {
                case REQUESTED -> {}
                case CONFIRMING -> {
                    toss.next(order, new TossStub.Fault.Held(answer, new TossStub.Fault.Slow(Duration.ZERO)));
                    answers.add(driver.confirmLater(order, key, Driver.AMOUNT));
                    driver.awaitStatus(order, "CONFIRMING");
                }
                case OPENING -> {
                    toss.next(order, new TossStub.Fault.AnswerHeld(answer));
                    answers.add(driver.openAccountLater(order));
                    await("the account of " + order)
                            .atMost(PATIENCE)
                            .until(() -> !toss.openings(order).isEmpty());
                }
                case UNKNOWN -> {
                    toss.next(order, new TossStub.Fault.AnswerLost());
                    // Nobody finds out before the race.
                    toss.next(order, new TossStub.Fault.Held(answer, new TossStub.Fault.Slow(Duration.ZERO)));
                    assertThat(driver.confirm(order, key).status()).isEqualTo(202);
                }
                case PAID -> assertThat(driver.confirm(order, key).status()).isEqualTo(200);
                case AWAITING_APPROVAL -> {
                    assertThat(driver.confirm(order, key, amount).status()).isEqualTo(200);
                    awaiting = driver.refund(order, "{\"cancelReason\":\"장비 반품\",\"cancelAmount\":1500000}")
                            .text("refundId");
                }
            }
            place = meeting.ofHolders(order, payment, first);
            this.start = start;
        }

        void run(Actor one, Actor other) {
            if (one == Actor.OPERATOR || other == Actor.OPERATOR) {
                explained = aCase();
            }
            // Whoever is let go by the answer comes last, so that the other has come.
            if (one == Actor.ANSWER || one == Actor.ACCOUNT || one == Actor.STATUS_CHECK) {
                begin(other);
                await("the first").atMost(PATIENCE).until(() -> !place.met().isEmpty());
                begin(one);
            } else {
                begin(one);
                begin(other);
            }
            await(one + " and " + other)
                    .atMost(PATIENCE)
                    .until(() -> place.order().size() == 2);
            place.assertRaced();
            assertThat(place.met()).as("who met").containsExactlyInAnyOrder(one.caller, other.caller);
            answer.countDown();
            answers.forEach(CompletableFuture::join);
            await(one + " and " + other + ", afterwards")
                    .atMost(PATIENCE)
                    .untilAsserted(start == Start.OPENING ? this::accountAgrees : this::booksAgree);
        }

        private void begin(Actor actor) {
            switch (actor) {
                case ANSWER, ACCOUNT -> answer.countDown();
                case BUYER_FAILS -> answers.add(driver.failLater(order, "PAY_PROCESS_CANCELED"));
                case ORDER_CLOSED -> {
                    closed = true;
                    driver.cancelOrder(order);
                }
                case WEBHOOK -> driver.sendWebhook(order, key, "DONE");
                case STATUS_CHECK -> {
                    transaction.executeWithoutResult(_ -> statusChecks.require(payment, clock.instant()));
                    answer.countDown();
                }
                case LOOK_NOW -> answers.add(driver.lookLater(order));
                case REFUND ->
                    answers.add(driver.refundLater(order, "{\"cancelReason\":\"고객 변심\",\"cancelAmount\":19800}"));
                case APPROVAL -> answers.add(decideLater("second-person", "approve"));
                case REJECTION -> answers.add(decideLater("third-person", "reject"));
                case OPERATOR -> {
                    corrected = -1;
                    answers.add(driver.explainLater(explained, "{\"explanation\":\"토스 정산 오류\",\"correctionWon\":-1}"));
                }
                case STRAY_CAPTURE -> {
                    PaymentKey taken = toss.captured(order, amount);
                    second = taken;
                    transaction.executeWithoutResult(_ -> strays.note(
                            payments.findById(payment).orElseThrow(),
                            new Stray(taken, Money.ofWon(amount), Stray.Reason.SECOND_CAPTURE),
                            clock.instant()));
                }
                case CONSOLE_CANCEL -> {
                    toss.cancelInConsole(key, 1_000);
                    driver.sendWebhook(order, key, "PARTIAL_CANCELED");
                }
            }
        }

        private void accountAgrees() {
            PaymentKey account = TossStub.accountOf(order);
            assertThat(toss.openings(order).stream().filter(TossStub.Call::effect))
                    .as("accounts")
                    .hasSize(1);
            assertThat(driver.texts(
                            "SELECT opening.status FROM payment_opening opening JOIN payment ON payment.id = payment_id"
                                    + " WHERE order_id = ?",
                            order))
                    .as("openings")
                    .containsExactly("OPENED");
            assertThat(number("SELECT count(*) FROM payment WHERE order_id = ? AND account_asked_at IS NOT NULL"))
                    .as("payments for which Toss is still asked")
                    .isZero();
            List<String> published = driver.published(order);
            assertThat(published).doesNotHaveDuplicates();
            if (closed) {
                assertThat(driver.status(order)).isEqualTo("CANCELED");
                assertThat(toss.held(account))
                        .as("what the account still takes")
                        .isZero();
                assertThat(published.getLast()).isEqualTo("payment.canceled.v1");
            } else {
                assertThat(driver.status(order)).isEqualTo("WAITING_FOR_DEPOSIT");
                assertThat(published).containsExactly("payment.requested.v1", "payment.waiting-for-deposit.v1");
            }
            assertThat(driver.incidents(order)).isEmpty();
        }

        private CompletableFuture<Driver.Answer> decideLater(String subject, String word) {
            return driver.postLaterAs(subject, "/api/refunds/" + awaiting + "/" + word, "{\"reason\":\"영수증 없음\"}");
        }

        /** That the books differ, which an operator can explain. */
        private String aCase() {
            ReconciliationCase.Finding finding =
                    new ReconciliationCase.Finding(Difference.AMOUNT_DIFFERS, "ledger: 1 won more than Toss");
            transaction.executeWithoutResult(_ -> cases.note(
                    List.of(order),
                    List.of(new ReconciliationCase(order, payment, List.of(finding))),
                    clock.instant()));
            return driver.texts("SELECT id FROM reconciliation_case WHERE order_id = ?", order)
                    .getFirst();
        }

        private void booksAgree() {
            String status = driver.status(order);
            long held = toss.held(key);
            boolean taken = toss.confirms(order).stream().anyMatch(TossStub.Call::effect);
            List<String> published = new ArrayList<>(driver.published(order));
            assertStrayWentBack(published);
            assertThat(toss.confirms(order).stream().filter(TossStub.Call::effect))
                    .as("confirms that took money")
                    .hasSizeLessThanOrEqualTo(1);
            assertThat(driver.texts(
                            "SELECT refund.status FROM refund JOIN payment ON payment.id = payment_id WHERE order_id = ?",
                            order))
                    .as("refunds")
                    .doesNotContain("REQUESTED", "UNKNOWN");
            assertThat(published.stream().filter("payment.paid.v1"::equals))
                    .as("events of %s", published)
                    .hasSize(taken ? 1 : 0);
            assertThat(number("SELECT coalesce(balance_won, 0) FROM payment WHERE order_id = ?"))
                    .as("what is left, %s", status)
                    .isEqualTo(taken ? held : 0);
            assertThat(number("""
                        SELECT coalesce(sum(posting.amount_won), 0)::bigint FROM ledger_posting posting
                        JOIN ledger_entry entry ON entry.id = posting.entry_id
                        JOIN payment ON payment.id = entry.payment_id
                        WHERE payment.order_id = ? AND posting.account = 'PG_RECEIVABLE'
                        """)).as("what Toss owes us by the ledger").isEqualTo(taken ? held + corrected : 0);
            assertThat(driver.texts("""
                        SELECT refund.status || ' ' || coalesce(approved::text, 'undecided') FROM refund
                        JOIN refund_approval ON refund_id = refund.id JOIN payment ON payment.id = payment_id
                        WHERE order_id = ?
                        """, order))
                    .as("what became of refunds, by what a second person said")
                    .isSubsetOf("DONE true", "FAILED false", "AWAITING_APPROVAL undecided");
            if (closed) {
                assertThat(status).isIn("CANCELED", "REFUNDED");
                assertThat(taken ? held : 0)
                        .as("money held for an order that is closed")
                        .isZero();
            } else {
                assertThat(status).isIn("PAID", "PARTIALLY_REFUNDED", "CANCELED");
            }
            assertThat(published.getLast())
                    .isEqualTo(
                            switch (status) {
                                case "PAID" -> "payment.paid.v1";
                                case "CANCELED" -> "payment.canceled.v1";
                                case "REFUNDED" -> "payment.refunded.v1";
                                default -> "payment.partially-refunded.v1";
                            });
        }

        /** Once, and beside the payment, whose own events are left. */
        private void assertStrayWentBack(List<String> published) {
            assertThat(driver.texts("SELECT status FROM stray_capture WHERE order_id = ?", order))
                    .as("stray captures")
                    .hasSize(second == null ? 0 : 1)
                    .allMatch("REFUNDED"::equals);
            assertThat(published.stream().filter(STRAY_REFUNDED::equals)).hasSize(second == null ? 0 : 1);
            published.removeIf(STRAY_REFUNDED::equals);
            if (second != null) {
                assertThat(toss.held(second)).as("held under the other key").isZero();
            }
        }

        private long number(String sql) {
            return Objects.requireNonNull(
                    jdbc.sql(sql).param(order.value()).query(Long.class).single());
        }
    }
}
