package dev.wonflow.subscription.notice;

import dev.wonflow.subscription.SubscriptionId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Subscriptions whose trial or period ends soon. */
@FunctionalInterface
public interface Upcoming {

    /**
     * Some that were not told so yet, and go on or end by themselves; those that end soonest first.
     *
     * @param trialAhead how far ahead trials are told
     * @param renewalAhead how far ahead renewals are told, of periods longer than that
     */
    List<SubscriptionId> untold(Instant now, Duration trialAhead, Duration renewalAhead, int most);
}
