package dev.wonflow.payment;

import dev.wonflow.money.Money;
import dev.wonflow.payment.gateway.Failure;
import dev.wonflow.payment.gateway.Remittance;
import dev.wonflow.payment.payment.Payment;
import dev.wonflow.payment.payment.PaymentEvent;
import dev.wonflow.payment.payment.PaymentFixture;
import dev.wonflow.payment.payment.Purchase;
import dev.wonflow.payment.payment.RefundOrigin;
import dev.wonflow.runtime.TenantId;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The payments and events the contract samples tell of. */
public final class ContractFixture {

    private static final Instant CONFIRMED = Instant.parse("2026-01-05T03:00:32Z");
    private static final Instant REFUNDED = Instant.parse("2026-01-07T03:00:00Z");

    private ContractFixture() {}

    public static Payment aPayment() {
        return Payment.requested(
                        new PaymentId(UUID.fromString("019b8c18-e768-73c4-af0b-6d4c8e91a002")),
                        PaymentFixture.aPurchase(),
                        false,
                        PaymentFixture.NOON)
                .payment();
    }

    public static Payment aPlanPayment() {
        return paymentOf(aPlanPurchase());
    }

    public static Payment aPlanPaymentAtItsPrice() {
        return paymentOf(aPlanPurchase().atPriceOf(1));
    }

    private static Purchase aPlanPurchase() {
        return new Purchase(
                new OrderId("ord_019b8c19cde073c4af0b6d4c8e91a003"),
                new TenantId("hanbit-studio"),
                "팀 요금제 1개월",
                Money.ofWon(29_000),
                "team",
                null);
    }

    private static Payment paymentOf(Purchase purchase) {
        return Payment.requested(
                        new PaymentId(UUID.fromString("019b8c19-d1c8-73c4-af0b-6d4c8e91a004")),
                        purchase,
                        false,
                        PaymentFixture.NOON)
                .payment();
    }

    public static PaymentEvent requested() {
        return new PaymentEvent.Requested(Instant.parse("2026-01-05T03:00:01Z"));
    }

    public static PaymentEvent planRequested() {
        return new PaymentEvent.Requested(Instant.parse("2026-01-05T03:01:01Z"));
    }

    public static PaymentEvent outcomeUnknown() {
        return new PaymentEvent.OutcomeUnknown("TIMEOUT", Instant.parse("2026-01-05T03:01:02Z"));
    }

    public static PaymentEvent depositAwaited() {
        return new PaymentEvent.DepositAwaited(Instant.parse("2026-01-12T03:00:00Z"), CONFIRMED);
    }

    public static PaymentEvent depositAwaitedForEver() {
        return new PaymentEvent.DepositAwaited(null, CONFIRMED);
    }

    public static PaymentEvent paid(@Nullable String method) {
        return new PaymentEvent.Paid(PaymentFixture.KEY, method, CONFIRMED);
    }

    public static PaymentEvent planPaid() {
        return new PaymentEvent.Paid(
                new PaymentKey("wonfl20260105120101kQ7z2"), "간편결제", Instant.parse("2026-01-05T03:01:32Z"));
    }

    public static PaymentEvent reversed() {
        return new PaymentEvent.Reversed(Instant.parse("2026-01-05T03:14:59Z"));
    }

    public static PaymentEvent declined() {
        return new PaymentEvent.Failed(PaymentFixture.DECLINE, CONFIRMED);
    }

    public static PaymentEvent expired() {
        return new PaymentEvent.Failed(new Failure(Failure.EXPIRED, null), Instant.parse("2026-01-05T03:30:01Z"));
    }

    public static PaymentEvent canceled() {
        return new PaymentEvent.Canceled(
                PaymentEvent.CancelReason.PAY_PROCESS_CANCELED, Instant.parse("2026-01-05T03:00:20Z"));
    }

    public static PaymentEvent canceledAsNotOnSale() {
        return new PaymentEvent.Canceled(PaymentEvent.CancelReason.NOT_ON_SALE, Instant.parse("2026-01-05T03:00:01Z"));
    }

    public static PaymentEvent refunded() {
        return new PaymentEvent.Refunded(PaymentFixture.PRICE, RefundOrigin.REQUESTED, REFUNDED);
    }

    public static PaymentEvent partiallyRefundedInTheConsole() {
        return new PaymentEvent.PartiallyRefunded(
                Money.ofWon(12_000), Money.ofWon(21_000), RefundOrigin.EXTERNAL, REFUNDED);
    }

    public static PaymentEvent remittance(Remittance remittance, Instant at) {
        return new PaymentEvent.RemittanceChanged(remittance, PaymentFixture.PRICE, at);
    }

    public static PaymentEvent partiallyRefunded() {
        return new PaymentEvent.PartiallyRefunded(
                Money.ofWon(12_000), Money.ofWon(21_000), RefundOrigin.REQUESTED, REFUNDED);
    }
}
