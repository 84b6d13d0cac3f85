package dev.wonflow.subscription.renewal;

import dev.wonflow.runtime.TenantId;
import dev.wonflow.subscription.SubscriptionId;
import dev.wonflow.subscription.invoice.InvoiceId;
import dev.wonflow.subscription.subscription.ParkingReason;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is known of runs: the switch, how charges fare, and what is due. */
public interface Renewals {

    /** Holds the switch until the caller's transaction ends, so that one claims at a time and nobody after a stop. */
    RenewalSwitch hold();

    RenewalSwitch look();

    void save(RenewalSwitch changed);

    /** Results of first attempts since {@code from}, the newest first. */
    List<Breaker.Result> results(Instant from, int most);

    /** Where the run is; {@code answered} is not counted beyond {@code enough}. */
    Standing standing(int enough);

    /**
     * Where a run is.
     *
     * @param run the open one
     * @param underWay charges that are not answered
     * @param answered charges that were answered since the run started, or went on
     */
    record Standing(@Nullable RenewalRun run, int underWay, int answered) {}

    void save(RenewalRun run);

    /** Subscriptions that have something to do, by the time of their tenants. */
    long countDue(Instant now);

    /** When there is next something to do; empty if never, as far as is known. */
    Optional<Instant> nextDue();

    /** Failures that count for nothing, to be charged again, for the caller's transaction; the oldest first. */
    List<InvoiceId> takeUncounted(int most);

    /** Has failures that nobody has judged count for nothing; they are charged again. */
    int forgive(Instant now);

    /** The progress of the newest run; empty if there was none. */
    Optional<Progress> progress(Instant now);

    /**
     * How far a run has come.
     *
     * @param paid charges that took money; likewise {@code declined}, {@code unknown} and {@code underWay}; a decline
     *     that counts for nothing is none of them
     * @param remaining subscriptions that wait to be claimed, and invoices that wait to be charged again
     * @param perMinute charges answered in the last minute; where the run is not as old, as many as it would be
     */
    record Progress(
            RenewalRun run, long paid, long declined, long unknown, long underWay, long remaining, long perMinute) {}

    /** The longest parked subscriptions. */
    default List<Parked> parked(int most) {
        return parked(null, most);
    }

    /** Where a subscription is among the parked ones. */
    record Place(Instant since, SubscriptionId id) {}

    /**
     * Some parked subscriptions, the longest parked first.
     *
     * @param after the last one that is known already; null: none is
     */
    List<Parked> parked(@Nullable Place after, int most);

    /**
     * A subscription nothing is charged for because it would not be safe.
     *
     * @param dueAt when it would have been charged
     */
    record Parked(
            SubscriptionId id,
            TenantId tenant,
            String product,
            String plan,
            ParkingReason reason,
            Instant since,
            @Nullable Instant dueAt) {}
}
