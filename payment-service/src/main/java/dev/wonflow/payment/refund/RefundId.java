package dev.wonflow.payment.refund;

import java.util.UUID;

/** Identity of a refund; minted by us before the first write. */
public record RefundId(UUID value) {

    @Override
    public String toString() {
        return value.toString();
    }
}
