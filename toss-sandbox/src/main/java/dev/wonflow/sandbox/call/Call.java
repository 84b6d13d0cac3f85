package dev.wonflow.sandbox.call;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One call to the Toss API and what became of it.
 *
 * @param status HTTP status of the answer, also of one that was lost on purpose; 0 if the call ended before there was
 *     one
 * @param effect whether the call did what it asked for: opened a payment, or took its money
 * @param replay whether the answer was the kept one of an earlier call with the same Idempotency-Key
 * @param answerLost whether the connection was closed instead of answering
 * @param faults what struck it on purpose, in order
 */
public record Call(
        Instant at,
        String method,
        String path,
        @Nullable String orderId,
        @Nullable String paymentKey,
        @Nullable String idempotencyKey,
        int status,
        boolean effect,
        boolean replay,
        boolean answerLost,
        List<String> faults) {}
