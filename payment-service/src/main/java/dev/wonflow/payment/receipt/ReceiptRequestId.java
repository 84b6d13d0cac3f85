package dev.wonflow.payment.receipt;

import java.util.UUID;

/** Identity of a request about a cash receipt; minted by us before the first write. */
public record ReceiptRequestId(UUID value) {

    @Override
    public String toString() {
        return value.toString();
    }
}
