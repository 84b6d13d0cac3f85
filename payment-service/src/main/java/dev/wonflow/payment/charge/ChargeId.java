package dev.wonflow.payment.charge;

import dev.wonflow.payment.OrderId;
import java.util.UUID;

/** Identity of a charge; minted by the one who asks for it, so that asking again is the same charge. */
public record ChargeId(UUID value) {

    /** The one order at Toss that the charge can become, so that Toss refuses a second one. */
    OrderId orderId() {
        return new OrderId("chg_" + value.toString().replace("-", ""));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
