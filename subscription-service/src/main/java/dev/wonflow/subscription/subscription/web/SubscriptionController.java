package dev.wonflow.subscription.subscription.web;

import dev.wonflow.access.AllowedTo;
import dev.wonflow.access.Caller;
import dev.wonflow.runtime.TenantId;
import dev.wonflow.subscription.subscription.Subscription;
import dev.wonflow.subscription.subscription.Subscriptions;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Shows a tenant its subscription. */
@RestController
class SubscriptionController {

    private final Subscriptions subscriptions;
    private final Clock clock;

    SubscriptionController(Subscriptions subscriptions, Clock clock) {
        this.subscriptions = subscriptions;
        this.clock = clock;
    }

    @AllowedTo("tenant:billing:read")
    @GetMapping("/api/subscriptions/current")
    SubscriptionView current(Caller caller) {
        return subscriptions
                .findByTenantId(caller.tenant())
                .map(subscription -> SubscriptionView.of(subscription, clock.instant()))
                .orElseThrow(() -> new NoSubscription(caller.tenant()));
    }

    /** @param status in lower case, as of now: {@code active} or {@code expired} */
    record SubscriptionView(
            UUID subscriptionId,
            String plan,
            String status,
            boolean livemode,
            Instant activatedAt,
            Instant planExpiresAt,
            String lastOrderId) {

        static SubscriptionView of(Subscription subscription, Instant now) {
            return new SubscriptionView(
                    subscription.id().value(),
                    subscription.plan(),
                    subscription.statusAt(now).name().toLowerCase(Locale.ROOT),
                    subscription.livemode(),
                    subscription.activatedAt(),
                    subscription.planExpiresAt(),
                    subscription.lastOrderId());
        }
    }

    /** The tenant has never bought a plan. */
    static final class NoSubscription extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NoSubscription(TenantId tenant) {
            super("tenant " + tenant + ": no subscription");
        }
    }
}
