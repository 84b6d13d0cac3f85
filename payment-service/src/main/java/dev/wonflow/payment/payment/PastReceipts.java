package dev.wonflow.payment.payment;

import dev.wonflow.payment.PaymentId;
import dev.wonflow.payment.gateway.GatewayReceipt;
import java.time.Instant;
import java.util.List;

/** What the tax office was asked for payments. */
public interface PastReceipts {

    /**
     * A cash receipt, or the cancel of one.
     *
     * @param changedAt since when it is known to be so
     */
    record PastReceipt(GatewayReceipt told, Instant changedAt) {}

    /** Those of a payment, oldest first. */
    List<PastReceipt> of(PaymentId id);
}
