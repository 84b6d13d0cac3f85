package dev.wonflow.payment.gateway;

import dev.wonflow.money.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Money that went back, or is on its way, as Toss describes it.
 *
 * @param transactionKey Toss's name for it; no two cancels share one
 * @param balanceAfter what Toss held after it
 * @param reason as it was given to Toss
 */
public record GatewayCancel(
        String transactionKey,
        Money amount,
        Money balanceAfter,
        State state,
        @Nullable String reason,
        @Nullable Instant canceledAt) {

    /** How far it is. In Korea a cancel is done when it is answered. */
    public enum State {
        DONE,
        /** Ends later, which a webhook tells; so does every state Toss may add. */
        IN_PROGRESS,
        /** Came to nothing; the money is still there. */
        ABORTED
    }
}
