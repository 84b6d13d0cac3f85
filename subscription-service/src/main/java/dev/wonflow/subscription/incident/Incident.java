package dev.wonflow.subscription.incident;

import dev.wonflow.runtime.TenantId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Money and plan do not match, and only a person can put it right.
 *
 * @param plan plan the payment was for, if known
 * @param detail what was found and what was expected
 */
public record Incident(
        Kind kind,
        String paymentId,
        String orderId,
        TenantId tenantId,
        @Nullable String plan,
        String detail,
        Instant at) {

    /** What does not match. */
    public enum Kind {
        /** Paid for a plan that is not in the catalogue. */
        UNKNOWN_PLAN,
        /** Paid less than the plan costs. */
        UNDERPAID,
        /** Paid for a plan before one that was counted already, so it had no effect. */
        OVERTAKEN,
        /** A charge took money for what had ended, or was off, by then. */
        PAID_FOR_NOTHING,
        /** The money went back after the plan was activated; the plan still runs. */
        MONEY_WENT_BACK
    }
}
