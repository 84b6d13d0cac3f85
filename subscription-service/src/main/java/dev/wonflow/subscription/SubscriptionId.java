package dev.wonflow.subscription;

import java.util.UUID;

/** Identity of a subscription. */
public record SubscriptionId(UUID value) {

    @Override
    public String toString() {
        return value.toString();
    }
}
