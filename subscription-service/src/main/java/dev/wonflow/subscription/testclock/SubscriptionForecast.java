package dev.wonflow.subscription.testclock;

import dev.wonflow.runtime.TenantForecast;
import dev.wonflow.runtime.TenantId;
import dev.wonflow.subscription.plan.PlanVersions;
import dev.wonflow.subscription.subscription.Subscriptions;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;

/** What becomes of all subscriptions of a tenant. */
@Component
final class SubscriptionForecast implements TenantForecast {

    private final Subscriptions subscriptions;
    private final Forecast forecast;

    SubscriptionForecast(Subscriptions subscriptions, PlanVersions plans) {
        this.subscriptions = subscriptions;
        this.forecast = new Forecast(plans);
    }

    @Override
    public List<Expected> of(TenantId tenant, Instant until) {
        return subscriptions.ofTenant(tenant).stream()
                .flatMap(subscription -> forecast.of(subscription, until).stream())
                .toList();
    }
}
