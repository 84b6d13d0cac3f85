package dev.wonflow.subscription.subscription.web;

import dev.wonflow.subscription.subscription.Subscription;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;

/**
 * A subscription in short.
 *
 * @param plan id of the plan
 * @param status as of now, such as {@code active} or {@code expired}
 * @param livemode whether it was paid with real money
 * @param planExpiresAt until when it was paid for
 * @param lastOrderId the order that paid for it; empty: none did yet
 */
record CurrentView(
        UUID subscriptionId,
        String plan,
        String status,
        boolean livemode,
        Instant activatedAt,
        Instant planExpiresAt,
        String lastOrderId) {

    static CurrentView of(Subscription subscription, Instant now) {
        return new CurrentView(
                subscription.id().value(),
                subscription.plan(),
                subscription.statusAt(now).name().toLowerCase(Locale.ROOT),
                subscription.livemode(),
                subscription.activatedAt(),
                subscription.planExpiresAt(),
                Objects.requireNonNullElse(subscription.lastOrderId(), ""));
    }
}
