package dev.wonflow.subscription.subscription.web;

import dev.wonflow.subscription.subscription.CollectionMode;
import dev.wonflow.subscription.subscription.Parking;
import dev.wonflow.subscription.subscription.Pending;
import dev.wonflow.subscription.subscription.Subscription;
import dev.wonflow.subscription.subscription.SubscriptionStatus;
import dev.wonflow.web.statement.Field;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A subscription.
 *
 * @param product what the plan is one of; the tenant has one subscription to each
 * @param plan id of the plan of the running period
 * @param planVersion version of the plan whose price holds; 0: not known
 * @param quantity seats
 * @param status as of now
 * @param collection {@code prepaid}: somebody pays for each period; {@code automatic}: a billing method is charged
 * @param billingMethodId what is charged; not there: nothing
 * @param zone in which its days begin and end
 * @param periodNumber counts the periods; -1 before the first that costs anything
 * @param planExpiresAt until when it was paid for
 * @param trialEndsAt when its trial ends or ended
 * @param cancelAt when it ends; not there: it goes on
 * @param pauseAt from when it rests; not there: it does not
 * @param resumeAt when it goes on by itself
 * @param pending terms that come
 * @param parkedBecause why nothing is charged until an operator has looked; not there: nothing is wrong
 * @param livemode whether it was paid with real money
 */
record SubscriptionView(
        UUID subscriptionId,
        String product,
        String plan,
        long planVersion,
        int quantity,
        @Field(words = SubscriptionStatus.class) String status,
        @Field(words = CollectionMode.class) String collection,
        @Nullable UUID billingMethodId,
        @Field(example = "Asia/Seoul") String zone,
        long periodNumber,
        Instant periodStart,
        Instant planExpiresAt,
        Instant activatedAt,
        @Nullable Instant trialEndsAt,
        @Nullable Instant cancelAt,
        @Nullable Instant pauseAt,
        @Nullable Instant resumeAt,
        @Nullable PendingView pending,
        @Nullable String parkedBecause,
        boolean livemode) {

    static SubscriptionView of(Subscription subscription, Instant now) {
        Parking parking = subscription.parking();
        return new SubscriptionView(
                subscription.id().value(),
                subscription.product(),
                subscription.plan(),
                subscription.terms().planVersion(),
                subscription.terms().quantity(),
                word(subscription.statusAt(now)),
                word(subscription.collection()),
                subscription.billingMethodId(),
                subscription.zone().getId(),
                subscription.period().number(),
                subscription.period().start(),
                subscription.planExpiresAt(),
                subscription.activatedAt(),
                subscription.trialEndsAt(),
                subscription.cancelAt(),
                subscription.pauseAt(),
                subscription.resumeAt(),
                PendingView.of(subscription.pending()),
                parking == null ? null : word(parking.reason()),
                subscription.livemode());
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /**
     * Terms that come.
     *
     * @param from they hold from the first period that begins then or later; not there: from the next one
     * @param awaitingPayment whether they hold when their invoice is paid
     */
    record PendingView(
            String plan,
            long planVersion,
            int quantity,
            @Nullable Instant from,
            boolean awaitingPayment) {

        static @Nullable PendingView of(@Nullable Pending pending) {
            return pending == null
                    ? null
                    : new PendingView(
                            pending.terms().plan(),
                            pending.terms().planVersion(),
                            pending.terms().quantity(),
                            pending.from(),
                            pending.changeId() != null);
        }
    }
}
