package dev.wonflow.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wonflow.payment.gateway.toss.TossStub;
import dev.wonflow.payment.payment.StatusChecks;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Deposits that went back: whether their money has reached the buyer. */
@WithPaymentService
class RemittancesIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final String REFUND = """
        {"cancelReason":"고객 변심","refundReceiveAccount":{"bank":"88","accountNumber":"110123456789","holderName":"김하늘"}}
        """;

    private final Driver driver;
    private final TossStub toss;
    private final StatusChecks statusChecks;
    private final JdbcClient jdbc;
    private final TransactionOperations transaction;
    private final Clock clock;

    @Autowired
    RemittancesIT(
            Driver driver,
            TossStub toss,
            StatusChecks statusChecks,
            JdbcClient jdbc,
            TransactionOperations transaction,
            Clock clock) {
        this.driver = driver;
        this.toss = toss;
        this.statusChecks = statusChecks;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Test
    void money_of_a_refunded_deposit_is_followed_until_the_buyer_has_it() {
        OrderId order = aRefundedDeposit();
        assertThat(shown(order)).isEqualTo("pending");
        assertThat(plannedLooks(order)).as("looks at money on its way").isEqualTo(1);

        tossSays(order, "COMPLETED");

        await().atMost(PATIENCE).until(() -> shown(order), "completed"::equals);
        assertThat(driver.published(order))
                .containsExactly(
                        "payment.requested.v1",
                        "payment.waiting-for-deposit.v1",
                        "payment.paid.v1",
                        "payment.refunded.v1",
                        "payment.refund-status-changed.v1",
                        "payment.refund-status-changed.v1");
        assertThat(driver.texts("""
                SELECT payload::jsonb ->> 'refundStatus' FROM outbox
                WHERE aggregateid = ? AND type = 'payment.refund-status-changed.v1' ORDER BY sequence
                """, order)).containsExactly("pending", "completed");
        assertThat(plannedLooks(order)).as("looks at what has ended").isZero();
        assertThat(driver.incidents(order)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"FAILED, failed", "PARTIAL_FAILED, partial_failed"})
    void money_the_bank_does_not_take_is_an_incident(String refundStatus, String shown) {
        OrderId order = aRefundedDeposit();

        tossSays(order, refundStatus);

        await().atMost(PATIENCE).until(() -> shown(order), shown::equals);
        assertThat(driver.incidents(order)).containsExactly("REMITTANCE_NOT_MADE");
        assertThat(driver.status(order)).isEqualTo("REFUNDED");
        assertThat(plannedLooks(order))
                .as("looks, for it may be sent again by hand")
                .isEqualTo(1);
    }

    @Test
    void second_person_sees_who_asked_and_enough_of_the_account_until_the_refund_has_ended() {
        OrderId order = aDeposit(driver.aPlacedOrder(2_000_000));
        Driver.Answer asked = driver.refund(order, REFUND);
        assertThat(asked.text("status")).isEqualTo("awaiting_approval");

        JsonNode waiting = driver.get("/api/refunds/awaiting-approval")
                .body()
                .path("refunds")
                .valueStream()
                .filter(one -> one.path("orderId").asString().equals(order.value()))
                .findFirst()
                .orElseThrow();
        Driver.Answer agreed =
                driver.postAs("second-person", "/api/refunds/" + asked.text("refundId") + "/approve", "{}");

        assertThat(waiting.path("requestedBy").asString())
                .isNotBlank()
                .isNotEqualTo("second-person")
                .isEqualTo(agreed.text("requestedBy"));
        assertThat(waiting.path("refundReceiveAccount").toString())
                .isEqualTo("{\"bank\":\"88\",\"accountNumber\":\"********6789\"}");
        assertThat(agreed.text("status")).isEqualTo("done");
        assertThat(agreed.body().path("refundReceiveAccount").isNull()).isTrue();
    }

    private OrderId aRefundedDeposit() {
        OrderId order = aDeposit(driver.aPlacedOrder());
        Driver.Answer refunded = driver.refund(order, REFUND);
        assertThat(refunded.status()).as(refunded.body().toString()).isEqualTo(200);
        return order;
    }

    private OrderId aDeposit(OrderId order) {
        assertThat(driver.openAccountLater(order).join().status()).isEqualTo(201);
        PaymentKey account = TossStub.accountOf(order);
        toss.change(account, RemittancesIT::deposited);
        driver.sendWebhook(order, account, "DONE");
        driver.awaitStatus(order, "PAID");
        return order;
    }

    /** The time of a look comes, and Toss says this. */
    private void tossSays(OrderId order, String refundStatus) {
        toss.change(TossStub.accountOf(order), payment -> {
            ((ObjectNode) payment.path("virtualAccount")).put("refundStatus", refundStatus);
            return payment;
        });
        transaction.executeWithoutResult(_ -> statusChecks.require(driver.payment(order), clock.instant()));
    }

    private String shown(OrderId order) {
        return driver.get("/api/payments/" + order)
                .body()
                .at("/virtualAccount/refundStatus")
                .stringValue("");
    }

    private long plannedLooks(OrderId order) {
        return Objects.requireNonNull(jdbc.sql("""
                        SELECT count(*) FROM work WHERE kind = 'status-check.required' AND id = ? AND due_at IS NOT NULL
                        """)
                .param(driver.payment(order).toString())
                .query(Long.class)
                .single());
    }

    private static ObjectNode deposited(ObjectNode payment) {
        return payment.put("status", "DONE").put("approvedAt", "2026-01-06T12:00:00+09:00");
    }
}
