package dev.wonflow.payment.payment;

import dev.wonflow.payment.OrderId;
import dev.wonflow.payment.PaymentId;
import dev.wonflow.payment.PaymentKey;
import dev.wonflow.payment.gateway.Closing;
import java.time.Instant;

/** Every intent to close a virtual account. */
public interface Closings {

    /** Stores the intent about to be acted on: the last one if Toss has not answered it, else a new one. */
    Closing begin(PaymentId paymentId, PaymentKey key, OrderId orderId, Instant now);

    /** Notes that Toss answered, and with which code or state. */
    void answered(Closing closing, String answer, Instant now);
}
