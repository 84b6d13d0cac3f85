package dev.wonflow.payment.statuscheck;

import dev.wonflow.payment.gateway.quota.Use;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * The asking side of the status checks. A status check is one worker's for the time of its lease; one that has lost it
 * to another changes nothing more.
 */
public interface StatusCheckQueue {

    /** For what there is a status check that is due and nobody's. */
    Set<Use> due(Instant now);

    /** When the first of those that are not due yet will be. */
    Optional<Instant> nextDue(Instant now);

    /** Claims the status check whose turn it is; of those due for a hint, those with a vouched hint come first. */
    Optional<StatusCheck> claim(Use use, Instant now, Instant leasedUntil);

    /**
     * Answered. Hints that came since are asked about after {@code nextHint}, vouched ones after the shortest time.
     *
     * @param fruitless questions in a row that hints led to and that brought nothing new, this one included
     * @param nextHint no hint without a voucher is asked about before
     */
    void done(StatusCheck check, int fruitless, Instant now, Instant nextHint);

    /**
     * Not answered. Asked again at {@code due}, or after a hint that has come since if that is sooner.
     *
     * @param nextHint as for {@link #done}
     */
    void again(StatusCheck check, Instant now, Instant due, Instant nextHint);

    /** Not asked about; it is due as it was. */
    void giveBack(StatusCheck check);

    /**
     * Forgets answered status checks that were last asked before {@code before}.
     *
     * @return how many, at most {@code limit}
     */
    int forget(Instant before, int limit);
}
