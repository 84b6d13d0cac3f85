package dev.wonflow.payment.payment;

import dev.wonflow.money.Money;
import dev.wonflow.payment.PaymentKey;
import dev.wonflow.payment.gateway.Failure;
import dev.wonflow.payment.gateway.Remittance;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What happened to a payment. Internal; one adapter turns these into contract messages. */
public sealed interface PaymentEvent {

    /** When it happened, by our clock or, for an approval, by Toss's. */
    Instant at();

    record Requested(Instant at) implements PaymentEvent {}

    record OutcomeUnknown(String cause, Instant at) implements PaymentEvent {}

    record DepositAwaited(@Nullable Instant dueAt, Instant at) implements PaymentEvent {}

    record Paid(PaymentKey paymentKey, @Nullable String method, Instant at) implements PaymentEvent {}

    record Reversed(Instant at) implements PaymentEvent {}

    record Failed(Failure failure, Instant at) implements PaymentEvent {}

    record Canceled(CancelReason reason, Instant at) implements PaymentEvent {}

    /**
     * All of the money went back.
     *
     * @param refunded what has gone back in all
     * @param origin where the last of it was asked for
     */
    record Refunded(Money refunded, RefundOrigin origin, Instant at) implements PaymentEvent {}

    /**
     * Some of the money went back.
     *
     * @param refunded what has gone back in all
     * @param balance what is left
     * @param origin where the last of it was asked for
     */
    record PartiallyRefunded(Money refunded, Money balance, RefundOrigin origin, Instant at) implements PaymentEvent {}

    /**
     * The money of a refund has come closer to the buyer of a deposit, or has not arrived.
     *
     * @param refunded what has gone back from us in all
     */
    record RemittanceChanged(Remittance remittance, Money refunded, Instant at) implements PaymentEvent {}

    /** Who ended a payment that had moved no money. */
    enum CancelReason {
        /** The buyer closed or left the payment window. */
        PAY_PROCESS_CANCELED,
        /** The order was cancelled or ran out. */
        ORDER_CANCELLED,
        /** The order asked for a plan that is not sold for its amount. */
        NOT_ON_SALE,
        /** A virtual account was closed before the deposit. */
        DEPOSIT_CANCELED
    }
}
