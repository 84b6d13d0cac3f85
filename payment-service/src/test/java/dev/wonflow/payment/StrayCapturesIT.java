package dev.wonflow.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wonflow.money.Money;
import dev.wonflow.payment.gateway.toss.TossStub;
import dev.wonflow.payment.payment.Stray;
import dev.wonflow.payment.payment.Strays;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.JsonNode;

/** Money that Toss took for an order without its counting for it goes back by itself, once, and is told. */
@WithPaymentService
@Tag("F18")
class StrayCapturesIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String REFUNDED = "payment.stray-capture-refunded.v1";
    private static final long OTHER_SUM = 20_000;

    private final Driver driver;
    private final TossStub toss;
    private final Strays strays;
    private final TransactionOperations transaction;
    private final Clock clock;

    @Autowired
    StrayCapturesIT(Driver driver, TossStub toss, Strays strays, TransactionOperations transaction, Clock clock) {
        this.driver = driver;
        this.toss = toss;
        this.strays = strays;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Test
    void money_of_another_amount_goes_back_and_the_buyer_pays_with_the_next_window() {
        OrderId order = driver.aPlacedOrder();
        PaymentKey key = toss.authenticated(order, OTHER_SUM);

        assertThat(driver.confirm(order, key).status()).isEqualTo(202);

        driver.awaitStatus(order, "FAILED");
        awaitRefunded(order);
        assertThat(toss.held(key)).isZero();
        assertThat(driver.incidents(order)).containsExactlyInAnyOrder("ANSWER_CONTRADICTS", "WINDOW_DIFFERS");
        PaymentKey next = toss.authenticated(order, Driver.AMOUNT);
        assertThat(driver.confirm(order, next).text("status")).isEqualTo("paid");
        assertThat(driver.published(order))
                .containsExactly(
                        "payment.requested.v1",
                        "payment.outcome-unknown.v1",
                        "payment.failed.v1",
                        REFUNDED,
                        "payment.paid.v1");
        assertLedgerHolds(order, Driver.AMOUNT);
        assertThat(effects(order)).isOne();
    }

    @Test
    void second_capture_that_an_answer_tells_of_goes_back_and_the_first_counts() {
        OrderId order = driver.aPlacedOrder();
        PaymentKey first = toss.authenticated(order, Driver.AMOUNT);
        PaymentKey second = toss.captured(order, Driver.AMOUNT);
        toss.next(order, new TossStub.Fault.Bent(payment -> payment.put("paymentKey", second.value())));

        assertThat(driver.confirm(order, first).status()).isEqualTo(202);

        driver.awaitStatus(order, "PAID");
        awaitRefunded(order);
        assertThat(toss.held(first)).isEqualTo(Driver.AMOUNT);
        assertThat(toss.held(second)).isZero();
        assertThat(effects(order)).isOne();
        assertThat(driver.published(order))
                .containsExactly("payment.requested.v1", "payment.outcome-unknown.v1", "payment.paid.v1", REFUNDED);
        assertLedgerHolds(order, Driver.AMOUNT);
        JsonNode shown = driver.get("/api/payments/" + order).body().path("strayCaptures");
        assertThat(shown).singleElement().satisfies(stray -> {
            assertThat(stray.path("paymentKey").asString()).isEqualTo(second.value());
            assertThat(stray.path("reason").asString()).isEqualTo("second_capture");
            assertThat(stray.path("status").asString()).isEqualTo("refunded");
            assertThat(stray.path("origin").asString()).isEqualTo("automatic");
            assertThat(stray.path("amount").longValue()).isEqualTo(Driver.AMOUNT);
        });
        assertThat(driver.get("/api/payments/" + order).body().path("refunds")).isEmpty();
    }

    @Test
    void lost_answer_is_found_among_the_cancels() {
        OrderId order = aPaidOrder();
        PaymentKey second = toss.captured(order, Driver.AMOUNT);
        toss.next(second, new TossStub.Fault.Slow(Duration.ZERO), new TossStub.Fault.AnswerLost());

        find(order, second);

        awaitRefunded(order);
        assertThat(toss.cancels(order)).hasSize(1);
        assertThat(toss.held(second)).isZero();
        assertLedgerHolds(order, Driver.AMOUNT);
    }

    @Test
    void however_many_find_it_at_once_it_goes_back_once() {
        OrderId order = aPaidOrder();
        PaymentKey second = toss.captured(order, Driver.AMOUNT);

        Stream.generate(() -> CompletableFuture.runAsync(() -> find(order, second)))
                .limit(20)
                .toList()
                .forEach(CompletableFuture::join);

        awaitRefunded(order);
        find(order, second);
        assertThat(toss.cancels(order)).hasSize(1);
        assertThat(driver.published(order)).containsOnlyOnce(REFUNDED);
        assertThat(driver.texts("SELECT status FROM stray_capture WHERE order_id = ?", order))
                .containsExactly("REFUNDED");
        assertLedgerHolds(order, Driver.AMOUNT);
    }

    @Test
    void deposit_stays_where_it_is_and_a_person_is_told() {
        OrderId order = aPaidOrder();
        PaymentKey second = toss.captured(order, Driver.AMOUNT);
        toss.change(second, payment -> {
            payment.put("method", "가상계좌").putObject("virtualAccount").put("dueDate", "2099-01-12T12:00:00+09:00");
            return payment;
        });

        find(order, second);

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(driver.incidents(order)).containsExactly("STRAY_NOT_REFUNDED"));
        assertThat(driver.texts("SELECT status || ' ' || code FROM stray_capture WHERE order_id = ?", order))
                .containsExactly("LEFT DEPOSIT_WITHOUT_ACCOUNT");
        assertThat(toss.cancels(order)).isEmpty();
        assertThat(toss.held(second)).isEqualTo(Driver.AMOUNT);
        assertThat(posted(order, "PG_RECEIVABLE")).isEqualTo(2 * Driver.AMOUNT);
        assertThat(posted(order, "SUSPENSE")).isEqualTo(-Driver.AMOUNT);
    }

    private OrderId aPaidOrder() {
        OrderId order = driver.aPlacedOrder();
        assertThat(driver.confirm(order, toss.authenticated(order, Driver.AMOUNT))
                        .status())
                .isEqualTo(200);
        return order;
    }

    /** As the reconciliation does. */
    private void find(OrderId order, PaymentKey second) {
        transaction.executeWithoutResult(_ -> strays.note(
                driver.payment(order),
                new Stray(second, Money.ofWon(Driver.AMOUNT), Stray.Reason.SECOND_CAPTURE),
                clock.instant()));
    }

    private void awaitRefunded(OrderId order) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(driver.published(order)).contains(REFUNDED));
    }

    private long effects(OrderId order) {
        return toss.cancels(order).stream().filter(TossStub.Call::effect).count();
    }

    private void assertLedgerHolds(OrderId order, long won) {
        assertThat(posted(order, "PG_RECEIVABLE")).as("what Toss owes us").isEqualTo(won);
        assertThat(posted(order, "SUSPENSE")).as("what counts for nothing").isZero();
    }

    private long posted(OrderId order, String account) {
        List<String> sums = driver.texts("""
                SELECT coalesce(sum(posting.amount_won) FILTER (WHERE account = '%s'), 0)::text
                FROM ledger_posting posting JOIN ledger_entry entry ON entry.id = entry_id
                JOIN payment ON payment.id = entry.payment_id WHERE order_id = ?
                """.formatted(account), order);
        return Long.parseLong(sums.getFirst());
    }
}
