package dev.wonflow.sandbox.transaction;

import dev.wonflow.sandbox.currency.Currency;
import dev.wonflow.sandbox.instrument.PaymentMethod;
import dev.wonflow.sandbox.payment.PaymentStatus;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One step of a payment that its merchant finds in the list of transactions.
 *
 * @param transactionKey unique in all of the sandbox
 * @param status what the payment became by this step
 * @param amountMinor what this step is about, in the minor unit of its currency, never negative; 0 where no money is
 *     promised yet
 * @param interestMonths instalments whose interest the merchant pays; 0 if none
 * @param approvedAt when the money of the payment had moved; null if it had not
 */
public record Transaction(
        String mId,
        String transactionKey,
        String paymentKey,
        String orderId,
        PaymentMethod method,
        @Nullable String customerKey,
        boolean useEscrow,
        Kind kind,
        PaymentStatus status,
        Instant at,
        long amountMinor,
        int interestMonths,
        @Nullable Instant approvedAt,
        Currency currency) {

    public Transaction {
        // A state file of before overseas easy pay does not say.
        currency = Objects.requireNonNullElse(currency, Currency.KRW);
    }

    /** What kind of step it is. */
    public enum Kind {
        /** A virtual account was issued: listed by Toss with an amount of zero. */
        ISSUE,
        /** The buyer's money came. */
        APPROVAL,
        /** Money went back, or an issued account was given up. */
        CANCEL,
        /** The bank took a deposit back. */
        REVERSAL
    }

    /**
     * What the step adds to what Toss owes the merchant before fees, in won; negative where money goes back. Nothing if
     * it was overseas: PayPal settles by itself.
     */
    public long effectWon() {
        if (currency != Currency.KRW) {
            return 0;
        }
        return switch (kind) {
            case ISSUE -> 0;
            case APPROVAL -> amountMinor;
            case CANCEL -> approvedAt == null ? 0 : -amountMinor;
            case REVERSAL -> -amountMinor;
        };
    }
}
