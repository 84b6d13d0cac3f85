package dev.wonflow.subscription.entitlement;

import dev.wonflow.subscription.plan.Plan;
import dev.wonflow.subscription.plan.PlanVersions;
import dev.wonflow.subscription.subscription.Subscription;
import dev.wonflow.subscription.subscription.SubscriptionEvents;
import dev.wonflow.subscription.subscription.SubscriptionFact;
import dev.wonflow.subscription.subscription.SubscriptionStatus;
import dev.wonflow.subscription.subscription.Subscriptions;
import dev.wonflow.subscription.subscription.Terms;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Makes what a tenant may use follow its subscription, in the transaction of each change, and tells it where it differs
 * from what was told before.
 */
@Service
public class FollowSubscriptions implements SubscriptionEvents {

    private final Subscriptions subscriptions;
    private final PlanVersions versions;
    private final Entitlements entitlements;
    private final EntitlementEvents events;
    private final Clock clock;
    /** A version of a plan never changes, and there are as many as plans were changed. */
    private final Map<Terms, Plan> known = new ConcurrentHashMap<>();

    FollowSubscriptions(
            Subscriptions subscriptions,
            PlanVersions versions,
            Entitlements entitlements,
            EntitlementEvents events,
            Clock clock) {
        this.subscriptions = subscriptions;
        this.versions = versions;
        this.entitlements = entitlements;
        this.events = events;
        this.clock = clock;
    }

    @Override
    @Transactional(propagation = Propagation.MANDATORY)
    public void publish(List<SubscriptionFact> facts) {
        Map<Object, Subscription> latest = new LinkedHashMap<>();
        facts.forEach(fact -> latest.put(fact.subscription().id(), fact.subscription()));
        tell(latest.values());
    }

    /** Tells of some subscriptions that nothing was told of, and answers how many they were. */
    @Transactional(propagation = Propagation.MANDATORY)
    public int tellUntold(int most) {
        List<Subscription> untold = subscriptions.hold(entitlements.untold(most));
        tell(untold);
        return untold.size();
    }

    private void tell(Collection<Subscription> changed) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        entitlements
                .put(
                        changed.stream()
                                .map(subscription -> of(subscription, subscription.status()))
                                .toList(),
                        now)
                .forEach(events::changed);
    }

    private Entitlement of(Subscription subscription, SubscriptionStatus status) {
        return Entitlement.of(subscription, status, plan(subscription.terms()));
    }

    private @Nullable Plan plan(Terms terms) {
        Terms ofOne = new Terms(terms.plan(), terms.planVersion(), 1);
        Plan before = known.get(ofOne);
        if (before != null) {
            return before;
        }
        Optional<Plan> found = versions.find(terms.plan(), terms.planVersion());
        found.ifPresent(plan -> known.put(ofOne, plan));
        return found.orElse(null);
    }

    /** What a subscription entitles to at a moment, whether that was told already or not. */
    Entitlement at(Subscription subscription, Instant moment) {
        return of(subscription, subscription.statusAt(moment));
    }
}
