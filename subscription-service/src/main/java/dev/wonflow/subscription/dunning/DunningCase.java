package dev.wonflow.subscription.dunning;

import dev.wonflow.runtime.TenantId;
import dev.wonflow.subscription.SubscriptionId;
import dev.wonflow.subscription.charge.Occasion;
import dev.wonflow.subscription.charge.Remedy;
import dev.wonflow.subscription.invoice.InvoiceId;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * An invoice whose charge was declined, until it is paid or nobody tries any more. Immutable; a step answers the new
 * state.
 *
 * @param stageUntil when the stage is over; null: it is the last
 * @param declines those that count; 0: there was nothing to charge
 * @param waitsForMethod nothing helps but another card or account
 * @param remindAt when the tenant is told that it is tried again; null: it was, or need not be
 * @param nextAttemptAt when it is tried again; null: not by itself
 * @param nextOccasion why it is
 */
public record DunningCase(
        InvoiceId invoice,
        SubscriptionId subscription,
        TenantId tenant,
        DunningStage stage,
        @Nullable Instant stageUntil,
        int declines,
        boolean waitsForMethod,
        @Nullable Instant remindAt,
        @Nullable Instant nextAttemptAt,
        @Nullable Occasion nextOccasion,
        Instant openedAt,
        @Nullable Instant closedAt) {

    /** So long before a further attempt the tenant is told of it. */
    private static final Duration NOTICE = Duration.ofDays(1);

    /** The first decline that counts. Its notice tells of the next attempt, too. */
    static DunningCase opened(
            InvoiceId invoice,
            SubscriptionId subscription,
            TenantId tenant,
            Remedy remedy,
            DunningPolicy policy,
            ZoneId zone,
            Instant now) {
        return new DunningCase(
                        invoice,
                        subscription,
                        tenant,
                        DunningStage.GRACE,
                        policy.end(DunningStage.GRACE, now, zone).orElse(null),
                        1,
                        false,
                        null,
                        null,
                        null,
                        now,
                        null)
                .planned(remedy, policy, zone, now)
                .reminded();
    }

    /** There is nothing to charge: nothing was declined, and it waits for a card or account from the beginning. */
    static DunningCase withoutMethod(
            InvoiceId invoice,
            SubscriptionId subscription,
            TenantId tenant,
            DunningPolicy policy,
            ZoneId zone,
            Instant now) {
        return new DunningCase(
                invoice,
                subscription,
                tenant,
                DunningStage.GRACE,
                policy.end(DunningStage.GRACE, now, zone).orElse(null),
                0,
                true,
                null,
                null,
                null,
                now,
                null);
    }

    /** One more decline that counts. The notice of the first tells of the next attempt, too. */
    DunningCase declined(Remedy remedy, DunningPolicy policy, ZoneId zone, Instant now) {
        DunningCase next = new DunningCase(
                        invoice,
                        subscription,
                        tenant,
                        stage,
                        stageUntil,
                        declines + 1,
                        waitsForMethod,
                        remindAt,
                        nextAttemptAt,
                        nextOccasion,
                        openedAt,
                        closedAt)
                .planned(remedy, policy, zone, now);
        return declines == 0 ? next.reminded() : next;
    }

    private DunningCase planned(Remedy remedy, DunningPolicy policy, ZoneId zone, Instant now) {
        if (remedy != Remedy.LATER) {
            return attempt(true, null, null, null);
        }
        return policy.nextAttempt(declines, now, zone)
                .map(next -> attempt(false, next.minus(NOTICE), next, Occasion.RETRY))
                .orElseGet(() -> attempt(false, null, null, null));
    }

    /** It is tried at once, whatever was planned. */
    DunningCase hurried(Occasion occasion, Instant now) {
        return attempt(false, null, now, occasion);
    }

    /** It is tried later, for the same reason. */
    DunningCase putOff(Instant until) {
        return attempt(waitsForMethod, null, until, nextOccasion);
    }

    /** The tenant was told of the next attempt. */
    DunningCase reminded() {
        return attempt(waitsForMethod, null, nextAttemptAt, nextOccasion);
    }

    /** The attempt was made, or could not be for want of a method. */
    DunningCase attempted(boolean hasMethod) {
        return attempt(!hasMethod, null, null, null);
    }

    /** Its stage has lasted its time; the next one begins when it was over, however late that is seen. */
    DunningCase stageOver(DunningPolicy policy, ZoneId zone) {
        Instant over = stageUntil;
        if (over == null) {
            throw new IllegalStateException("case " + invoice + ": " + stage + " without an end (expected: one)");
        }
        DunningStage next = policy.after(stage);
        return next.isOpen() ? moved(next, policy.end(next, over, zone).orElse(null)) : closed(next, over);
    }

    private DunningCase moved(DunningStage next, @Nullable Instant until) {
        if (next != stage) {
            require(next);
        }
        return new DunningCase(
                invoice,
                subscription,
                tenant,
                next,
                until,
                declines,
                waitsForMethod,
                remindAt,
                nextAttemptAt,
                nextOccasion,
                openedAt,
                null);
    }

    /** Paid, or nothing is tried any more. */
    DunningCase closed(DunningStage end, Instant now) {
        require(end);
        return new DunningCase(
                invoice, subscription, tenant, end, null, declines, false, null, null, null, openedAt, now);
    }

    private void require(DunningStage next) {
        if (!stage.next().contains(next)) {
            throw new IllegalStateException(
                    "case " + invoice + ": " + stage + " -> " + next + " (expected: one of " + stage.next() + ")");
        }
    }

    private DunningCase attempt(
            boolean waits, @Nullable Instant remind, @Nullable Instant next, @Nullable Occasion occasion) {
        return new DunningCase(
                invoice,
                subscription,
                tenant,
                stage,
                stageUntil,
                declines,
                waits,
                remind,
                next,
                occasion,
                openedAt,
                closedAt);
    }
}
