package dev.wonflow.subscription.invoice;

import java.util.UUID;

/** Identity of an invoice. */
public record InvoiceId(UUID value) {

    @Override
    public String toString() {
        return value.toString();
    }
}
