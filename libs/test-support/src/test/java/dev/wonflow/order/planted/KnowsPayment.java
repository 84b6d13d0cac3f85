package dev.wonflow.order.planted;

import dev.wonflow.payment.planted.Refund;

/** A class of one service that depends on another service. */
final class KnowsPayment {
    String show(Refund refund) {
        return String.valueOf(refund.hashCode());
    }
}
