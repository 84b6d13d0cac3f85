package dev.wonflow.payment.payment;

import dev.wonflow.payment.PaymentId;
import dev.wonflow.payment.PaymentKey;
import java.time.Instant;

/**
 * Takes note of money that does not count for its order, and has it go back; in the transaction that holds the payment.
 */
public interface Strays {

    /** Takes note, once for each paymentKey however often it is seen. */
    void note(Payment payment, Stray stray, Instant now);

    /** The same of a payment that nobody holds yet, unless it counts that very key. In the caller's transaction. */
    void note(PaymentId id, Stray stray, Instant now);

    /** Whether Toss was asked to give money under that key back, or has: it can count for no order any more. */
    boolean isGivenBack(PaymentKey key);
}
