package dev.wonflow.sandbox.payment;

import dev.wonflow.sandbox.instrument.Instrument;
import dev.wonflow.sandbox.receipt.IssuedCashReceipt;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a successful confirm adds to a payment.
 *
 * @param approvedAt when money moved; null while a virtual account waits for its deposit
 * @param transactionKey key of the latest transaction
 * @param secret what a webhook about this payment repeats
 * @param discountMinor what an instant discount pays
 * @param cashReceipt cash receipt issued with the money; null if none was
 */
public record Acceptance(
        @Nullable Instant approvedAt,
        String transactionKey,
        @Nullable String secret,
        Instrument instrument,
        long discountMinor,
        @Nullable IssuedCashReceipt cashReceipt) {

    /** The same with another instrument, or the same instrument in another state. */
    public Acceptance with(Instrument other) {
        return new Acceptance(approvedAt, transactionKey, secret, other, discountMinor, cashReceipt);
    }

    /** The same with a receipt that was decided about. */
    public Acceptance with(IssuedCashReceipt decided) {
        return new Acceptance(approvedAt, transactionKey, secret, instrument, discountMinor, decided);
    }

    /** The money is there. */
    public Acceptance paid(Instant at, String transaction, Instrument by, @Nullable IssuedCashReceipt receipt) {
        return new Acceptance(at, transaction, secret, by, discountMinor, receipt);
    }

    /** The money was taken back by the bank of the buyer. */
    public Acceptance unpaid(String transaction, Instrument by) {
        return new Acceptance(null, transaction, secret, by, discountMinor, null);
    }
}
