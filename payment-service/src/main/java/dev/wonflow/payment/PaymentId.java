package dev.wonflow.payment;

import java.util.UUID;

/** Identity of a payment; minted by us before the first write. */
public record PaymentId(UUID value) {

    @Override
    public String toString() {
        return value.toString();
    }
}
