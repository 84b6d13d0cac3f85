package dev.wonflow.payment.payment;

import dev.wonflow.payment.PaymentId;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The intent to have a virtual account opened for a payment, and how far it has come. Immutable.
 *
 * @param bank as Toss takes it
 * @param dueAt until when the account is to take the deposit
 * @param calls how many calls had an idempotency key of their own
 * @param answered whether Toss has answered under the last of them
 * @param code Toss's code of a refusal, or why it is not known
 * @param calledAt when the last call began
 */
public record AccountOpening(
        UUID id,
        PaymentId paymentId,
        String bank,
        Instant dueAt,
        Status status,
        int calls,
        boolean answered,
        @Nullable String code,
        Instant requestedAt,
        Instant calledAt,
        Instant changedAt) {

    /** How it stands. Stored by name. */
    public enum Status {
        /** The call is under way, or was when its process died. */
        CALLING,
        /** Toss may have opened an account or not. */
        UNKNOWN,
        /** There is an account. */
        OPENED,
        /** There is none, and by this none will be. */
        FAILED;

        public boolean isOpen() {
            return this == CALLING || this == UNKNOWN;
        }
    }

    static AccountOpening begun(UUID id, PaymentId paymentId, String bank, Instant dueAt, Instant now) {
        return new AccountOpening(id, paymentId, bank, dueAt, Status.CALLING, 1, false, null, now, now, now);
    }

    /** Called once more: under the same key if it was not answered, for Toss would repeat its answer. */
    AccountOpening calling(Instant now) {
        return new AccountOpening(
                id,
                paymentId,
                bank,
                dueAt,
                Status.CALLING,
                answered ? calls + 1 : calls,
                false,
                code,
                requestedAt,
                now,
                now);
    }

    AccountOpening notKnown(String cause, boolean wasAnswered, Instant now) {
        return to(Status.UNKNOWN, wasAnswered, cause, now);
    }

    AccountOpening opened(Instant now) {
        return to(Status.OPENED, true, null, now);
    }

    AccountOpening failed(String reason, Instant now) {
        return to(Status.FAILED, answered, reason, now);
    }

    private AccountOpening to(Status next, boolean isAnswered, @Nullable String why, Instant now) {
        return new AccountOpening(id, paymentId, bank, dueAt, next, calls, isAnswered, why, requestedAt, calledAt, now);
    }

    /** Whether nothing was asked for since under another key. */
    boolean isSameCall(AccountOpening other) {
        return id.equals(other.id) && calls == other.calls;
    }

    /** Until when a call may still be under way. */
    Instant callOverAt(Duration longestCall) {
        return status == Status.CALLING ? calledAt.plus(longestCall) : calledAt;
    }
}
