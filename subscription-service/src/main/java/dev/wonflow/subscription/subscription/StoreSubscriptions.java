package dev.wonflow.subscription.subscription;

import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Stores what steps have led to and tells everybody who has to hear of it, in one transaction. */
@Service
@Transactional(propagation = Propagation.MANDATORY)
public class StoreSubscriptions {

    private final Subscriptions subscriptions;
    private final List<SubscriptionEvents> listeners;

    StoreSubscriptions(Subscriptions subscriptions, List<SubscriptionEvents> listeners) {
        this.subscriptions = subscriptions;
        this.listeners = List.copyOf(listeners);
    }

    public Subscription store(Subscription.Change change) {
        return store(List.of(change)).getFirst();
    }

    /**
     * Stores changes of different subscriptions.
     *
     * @return the subscriptions with their new versions, in the order of the changes
     * @throws org.springframework.dao.OptimisticLockingFailureException if someone else changed one in between
     */
    public List<Subscription> store(List<Subscription.Change> changes) {
        List<Subscription> stored = subscriptions.save(
                changes.stream().map(Subscription.Change::subscription).toList());
        List<SubscriptionFact> facts = new ArrayList<>();
        for (int i = 0; i < stored.size(); i++) {
            Subscription subscription = stored.get(i);
            SubscriptionEvent event = changes.get(i).event();
            if (event != null) {
                facts.add(new SubscriptionFact(subscription, event));
            }
        }
        if (!facts.isEmpty()) {
            listeners.forEach(listener -> listener.publish(facts));
        }
        return stored;
    }
}
