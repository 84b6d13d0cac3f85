package dev.wonflow.payment;

import java.time.Instant;

/** Every intent to close a virtual account. */
public interface Closings {

    /** Stores the intent about to be acted on: the last one if Toss has not answered it, else a new one. */
    Closing begin(PaymentId paymentId, PaymentKey key, OrderId orderId, Instant now);

    /** Notes that Toss answered, and with which code or state. */
    void answered(Closing closing, String answer, Instant now);
}
