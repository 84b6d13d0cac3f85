package dev.wonflow.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.wonflow.money.Money;
import dev.wonflow.payment.gateway.GatewayOutcome;
import dev.wonflow.payment.gateway.GatewayPayment;
import dev.wonflow.payment.gateway.toss.TossStub;
import dev.wonflow.payment.ledger.Ledger;
import dev.wonflow.payment.ledger.LedgerEntry;
import dev.wonflow.payment.ledger.Position;
import dev.wonflow.payment.payment.Payment;
import dev.wonflow.payment.payment.PaymentFixture;
import dev.wonflow.payment.payment.Payments;
import dev.wonflow.payment.payment.SettlePayment;
import dev.wonflow.runtime.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.support.TransactionOperations;

/** Whatever moves money is in the ledger, and nothing else is. */
@WithPaymentService
class PostedMoneyIT {

    private final Driver driver;
    private final TossStub toss;
    private final Payments payments;
    private final SettlePayment settlePayment;
    private final Ledger ledger;
    private final Clock clock;
    private final TransactionOperations transaction;

    @Autowired
    PostedMoneyIT(
            Driver driver,
            TossStub toss,
            Payments payments,
            SettlePayment settlePayment,
            Ledger ledger,
            Clock clock,
            TransactionOperations transaction) {
        this.driver = driver;
        this.toss = toss;
        this.payments = payments;
        this.settlePayment = settlePayment;
        this.ledger = ledger;
        this.clock = clock;
        this.transaction = transaction;
    }

    @Test
    void payment_is_posted_when_it_is_paid_and_again_when_some_of_it_goes_back() {
        OrderId order = driver.aPlacedOrder();
        PaymentKey key = toss.authenticated(order, Driver.AMOUNT);
        assertThat(postings(order)).isEmpty();

        driver.confirm(order, key);

        assertThat(postings(order))
                .containsExactly("CAPTURED CUSTOMER_CLEARING -33000", "CAPTURED PG_RECEIVABLE 33000");

        toss.change(key, payment -> payment.put("status", "PARTIAL_CANCELED").put("balanceAmount", 21_000));
        driver.sendWebhook(order, key, "PARTIAL_CANCELED");
        driver.awaitStatus(order, "PARTIALLY_REFUNDED");

        assertThat(postings(order))
                .containsExactly(
                        "CAPTURED CUSTOMER_CLEARING -33000",
                        "CAPTURED PG_RECEIVABLE 33000",
                        "REFUNDED CUSTOMER_CLEARING 12000",
                        "REFUNDED PG_RECEIVABLE -12000");
    }

    @Test
    void money_of_an_order_that_is_called_off_is_owed_to_the_buyer_until_it_has_gone_back() {
        OrderId order = driver.aPlacedOrder();
        driver.confirm(order, toss.authenticated(order, Driver.AMOUNT));

        driver.cancelOrder(order);

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(postings(order))
                        .containsExactly(
                                "CAPTURED CUSTOMER_CLEARING -33000",
                                "CAPTURED PG_RECEIVABLE 33000",
                                "OWED CUSTOMER_CLEARING 33000",
                                "OWED REFUNDS_PAYABLE -33000",
                                "REFUNDED PG_RECEIVABLE -33000",
                                "REFUNDED REFUNDS_PAYABLE 33000"));
    }

    @Test
    void payment_that_moved_no_money_has_no_entry() {
        OrderId order = driver.aPlacedOrder();
        toss.next(order, new TossStub.Fault.Refusal(403, "REJECT_CARD_COMPANY"));

        assertThat(driver.confirm(order, toss.authenticated(order, Driver.AMOUNT))
                        .status())
                .isEqualTo(402);

        assertThat(postings(order)).isEmpty();
    }

    @Test
    void change_that_is_rolled_back_posts_nothing() {
        OrderId order = driver.aPlacedOrder();
        Payment payment = payments.findByPurchaseOrderId(order).orElseThrow();
        GatewayOutcome approval = new GatewayOutcome.Approved(anApproval(order));

        transaction.executeWithoutResult(status -> {
            settlePayment.outcome(payment.id(), PaymentFixture.KEY, payment.version(), approval);
            assertThat(postings(order)).hasSize(2);
            status.setRollbackOnly();
        });

        assertThat(postings(order)).isEmpty();
        assertThat(driver.status(order)).isEqualTo("REQUESTED");
    }

    @Test
    void entry_is_posted_in_the_transaction_of_the_caller_or_not_at_all() {
        LedgerEntry entry = LedgerEntry.of(
                new LedgerEntry.Source(
                        payments.findByPurchaseOrderId(driver.aPlacedOrder())
                                .orElseThrow()
                                .id(),
                        1,
                        new TenantId("default"),
                        false),
                LedgerEntry.Kind.CAPTURED,
                Position.NOTHING,
                new Position(Money.ofWon(33_000), Money.ZERO),
                clock.instant());

        assertThatThrownBy(() -> ledger.post(entry)).isInstanceOf(IllegalTransactionStateException.class);
    }

    private GatewayPayment anApproval(OrderId order) {
        return new GatewayPayment(
                order,
                PaymentFixture.KEY,
                PaymentFixture.PRICE,
                PaymentFixture.PRICE,
                "KRW",
                "카드",
                clock.instant(),
                null,
                false,
                null,
                "5A1C");
    }

    /** What the service posted about the order's payment; what the database had to carry over is marked. */
    private List<String> postings(OrderId order) {
        return driver.texts("""
            SELECT kind || ' ' || account || ' ' || ledger_posting.amount_won
                || CASE WHEN carried_over THEN ' carried over' ELSE '' END
            FROM payment JOIN ledger_entry ON payment_id = payment.id JOIN ledger_posting ON entry_id = ledger_entry.id
            WHERE order_id = ? ORDER BY payment_version, kind, account
            """, order);
    }
}
