package dev.wonflow.subscription.subscription;

import dev.wonflow.subscription.plan.Plan;
import java.time.Instant;

/** What there is to do for a subscription at a moment. */
public sealed interface Due {

    /**
     * An invoice is to be issued.
     *
     * @param change the subscription once it is
     */
    record Bill(Subscription.Change change, Next next) implements Due {}

    /** A step that costs nothing. */
    record Move(Subscription.Change change) implements Due {}

    /** It was done already, or something has to be heard first. */
    record Nothing() implements Due {}

    /**
     * A period that comes.
     *
     * @param plan that {@code terms} name
     */
    record Next(Terms terms, Plan plan, long number, Instant start, Instant end) {}
}
