package dev.wonflow.subscription.subscription.web;

import dev.wonflow.access.AllowedTo;
import dev.wonflow.access.Caller;
import dev.wonflow.runtime.TenantId;
import dev.wonflow.subscription.plan.Plan;
import dev.wonflow.subscription.subscription.Subscription;
import dev.wonflow.subscription.subscription.Subscriptions;
import dev.wonflow.web.statement.Operation;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
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

    /** Shows the tenant's subscription. */
    @AllowedTo("tenant:billing:read")
    @Operation(id = "getSubscription", problems = "subscription.not-found")
    @GetMapping("/api/subscriptions/current")
    SubscriptionView current(Caller caller) {
        return subscriptions
                .find(caller.tenant(), Plan.DEFAULT_PRODUCT)
                .map(subscription -> SubscriptionView.of(subscription, clock.instant()))
                .orElseThrow(() -> new NoSubscription(caller.tenant()));
    }

    /**
     * A subscription.
     *
     * @param plan id of the plan
     * @param status as of now: {@code active} or {@code expired}
     * @param livemode whether it was paid with real money
     * @param planExpiresAt until when it was paid for
     * @param lastOrderId the order that paid for it; empty: none did yet
     */
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
                    Objects.requireNonNullElse(subscription.lastOrderId(), ""));
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
