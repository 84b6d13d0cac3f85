package dev.wonflow.payment.payment;

import dev.wonflow.payment.PaymentId;
import java.time.Instant;

/** Payments Toss has to be asked about: at most one status check per payment, for any reason. */
public interface StatusChecks {

    /** We do not know the outcome ourselves: ask at {@code due}. Replaces an earlier date. */
    void require(PaymentId id, Instant due);

    /** The same for an attempt that begins, whose answer a buyer waits for. */
    default void requireAnswer(PaymentId id, Instant due) {
        require(id, due);
    }

    /** The outcome is known; what webhooks asked for meanwhile is looked at by {@code hintDue}. */
    void release(PaymentId id, Instant hintDue);

    /**
     * A webhook says there is news: ask at {@code due}, or sooner if that was planned, or later if asked just now.
     *
     * @param vouched whether only Toss can have sent it; others have to wait the longer, the more of them led to
     *     nothing
     */
    void hint(PaymentId id, boolean vouched, Instant due);
}
