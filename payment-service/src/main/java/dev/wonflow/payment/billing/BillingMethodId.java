package dev.wonflow.payment.billing;

import java.util.UUID;

/** Identity of a billing method; minted by us before the first write. */
public record BillingMethodId(UUID value) {

    @Override
    public String toString() {
        return value.toString();
    }
}
