package dev.wonflow.subscription.dunning;

import dev.wonflow.subscription.SubscriptionId;
import dev.wonflow.subscription.charge.Occasion;
import dev.wonflow.subscription.subscription.ChangeReason;
import dev.wonflow.subscription.subscription.SubscriptionEvent;
import dev.wonflow.subscription.subscription.SubscriptionEvents;
import dev.wonflow.subscription.subscription.SubscriptionFact;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Has what is overdue tried at once when its tenant has another card or account. */
@Service
@Transactional(propagation = Propagation.MANDATORY)
class TryNewMethods implements SubscriptionEvents {

    private final DunningCases cases;

    TryNewMethods(DunningCases cases) {
        this.cases = cases;
    }

    @Override
    public void publish(List<SubscriptionFact> facts) {
        Map<SubscriptionId, Instant> changed = new LinkedHashMap<>();
        for (SubscriptionFact fact : facts) {
            if (fact.event() instanceof SubscriptionEvent.Changed(ChangeReason reason, Instant at)
                    && reason == ChangeReason.METHOD_CHANGED
                    && fact.subscription().billingMethodId() != null) {
                changed.put(fact.subscription().id(), at);
            }
        }
        if (!changed.isEmpty()) {
            cases.save(cases.holdOpen(changed.keySet()).stream()
                    .map(one ->
                            one.hurried(Occasion.NEW_METHOD, Objects.requireNonNull(changed.get(one.subscription()))))
                    .toList());
        }
    }
}
