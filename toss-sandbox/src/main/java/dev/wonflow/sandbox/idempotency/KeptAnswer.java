package dev.wonflow.sandbox.idempotency;

import org.jspecify.annotations.Nullable;

/**
 * An answer as it was given, to be given again byte for byte.
 *
 * @param traceId trace id of the call that was answered first
 * @param orderId order that call was about, if it got as far as naming one
 * @param paymentKey payment that call was about, likewise
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, and nobody changes the array.
public record KeptAnswer(
        int status,
        byte[] body,
        String traceId,
        @Nullable String orderId,
        @Nullable String paymentKey) {}
