package dev.wonflow.sandbox.fault;

import dev.wonflow.sandbox.fault.Fault.Operation;
import org.jspecify.annotations.Nullable;

/**
 * What a fault could strike.
 *
 * @param operation null if no call is being answered
 * @param eventType null unless it is a webhook
 */
public record Subject(
        @Nullable Operation operation,
        @Nullable String orderId,
        @Nullable String paymentKey,
        @Nullable String idempotencyKey,
        @Nullable String eventType) {

    /** The same call, now that more is known about it. */
    public Subject about(@Nullable String order, @Nullable String payment) {
        return new Subject(
                operation,
                order == null ? orderId : order,
                payment == null ? paymentKey : payment,
                idempotencyKey,
                eventType);
    }

    /** A webhook this call gives rise to. */
    Subject announcedBy(String event, @Nullable String order, @Nullable String payment) {
        return new Subject(operation, order, payment, idempotencyKey, event);
    }
}
