package dev.wonflow.sandbox.payout;

import dev.wonflow.sandbox.error.TossError;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Money on its way to a seller. Immutable: each step answers the payout after it.
 *
 * @param destination id of the seller
 * @param payoutDate the day the money is transferred, in Seoul
 * @param nextAt when the next step comes by itself; null if none does
 * @param taken whether the amount has been taken out of the balance
 * @param failure why it failed
 */
public record Payout(
        String id,
        String mId,
        String refPayoutId,
        String destination,
        ScheduleType scheduleType,
        LocalDate payoutDate,
        long amountWon,
        String transactionDescription,
        @Nullable Map<String, String> metadata,
        Instant requestedAt,
        PayoutStatus status,
        @Nullable Instant nextAt,
        boolean taken,
        @Nullable TossError failure) {

    /** When the money is transferred. */
    public enum ScheduleType {
        /** At once. */
        EXPRESS,
        /** On a business day to come. */
        SCHEDULED
    }

    Payout started(@Nullable Instant nextStepAt) {
        return moved(PayoutStatus.IN_PROGRESS, nextStepAt, true, null);
    }

    Payout completed() {
        return moved(PayoutStatus.COMPLETED, null, taken, null);
    }

    Payout failed(TossError why) {
        return moved(PayoutStatus.FAILED, null, false, why);
    }

    Payout cancelled() {
        return moved(PayoutStatus.CANCELED, null, false, null);
    }

    private Payout moved(PayoutStatus to, @Nullable Instant nextStepAt, boolean isTaken, @Nullable TossError because) {
        if (!status.next().contains(to)) {
            throw new IllegalStep("payout " + id, status, to, status.next());
        }
        return new Payout(
                id,
                mId,
                refPayoutId,
                destination,
                scheduleType,
                payoutDate,
                amountWon,
                transactionDescription,
                metadata,
                requestedAt,
                to,
                nextStepAt,
                isTaken,
                because);
    }
}
