package dev.wonflow.payment.gateway;

import dev.wonflow.payment.OrderId;
import dev.wonflow.payment.PaymentKey;

/** Toss Payments, as far as a payment needs it. Calls take up to a minute and must not be made in a transaction. */
public interface PaymentGateway {

    /** Asks Toss to take the money. Repeating it for the same attempt takes no second time. */
    GatewayOutcome confirm(Attempt attempt);

    /** Asks Toss to open a virtual account. Repeating it under the same key, or for the same order, opens no second. */
    OpeningOutcome open(Opening opening);

    /** Asks Toss to let a virtual account take no deposit any more. */
    ClosingOutcome close(Closing closing);

    /** Asks Toss to give money back. Repeating it under the same key gives none back a second time. */
    CancelOutcome cancel(Cancellation cancellation);

    GatewayFinding find(PaymentKey key);

    /** The same for a confirm or a refund, which cannot wait for its turn: counted, and not granted beforehand. */
    default GatewayFinding findAtOnce(PaymentKey key) {
        return find(key);
    }

    /** Answers the paid payment of the order if there is one, else any. */
    GatewayFinding find(OrderId orderId);

    /** The same for an opening, which cannot wait for its turn. */
    default GatewayFinding findAtOnce(OrderId orderId) {
        return find(orderId);
    }
}
