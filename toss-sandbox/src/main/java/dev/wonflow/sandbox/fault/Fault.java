package dev.wonflow.sandbox.fault;

import dev.wonflow.sandbox.error.TossError;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something armed to go wrong.
 *
 * @param code what a decline answers with; null for the other kinds
 * @param orderId the only order it strikes; null strikes any
 * @param times how many more calls it strikes
 */
public record Fault(
        UUID id,
        Operation operation,
        Kind kind,
        @Nullable TossError code,
        @Nullable String orderId,
        int times) {

    /** Which call it strikes. */
    public enum Operation {
        CONFIRM
    }

    /** What goes wrong. */
    public enum Kind {
        /** The call has its effect, and then the connection is closed without an answer. */
        ANSWER_LOST_AFTER_EFFECT,
        /** The call is refused with a code of choice. */
        DECLINE
    }

    boolean strikes(Operation call, Kind how, String order) {
        return operation == call && kind == how && (orderId == null || orderId.equals(order));
    }

    Fault spent() {
        return new Fault(id, operation, kind, code, orderId, times - 1);
    }
}
