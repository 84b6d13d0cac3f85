package dev.wonflow.sandbox.instrument;

import java.time.Instant;

/**
 * Money of a cancelled virtual account on its way to the buyer.
 *
 * @param whole whether it is all that was paid in
 * @param endsAt when the bank knows whether it arrived
 * @param arrives whether the account it is sent to takes it
 */
public record Refund(boolean whole, Instant endsAt, boolean arrives) {

    public boolean isPending(Instant now) {
        return now.isBefore(endsAt);
    }

    public boolean hasFailed(Instant now) {
        return !isPending(now) && !arrives;
    }

    /** The same, at its end now. */
    public Refund ended(Instant now, boolean arrived) {
        return new Refund(whole, now, arrived);
    }
}
