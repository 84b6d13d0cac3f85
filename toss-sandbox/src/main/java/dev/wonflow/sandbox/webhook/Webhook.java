package dev.wonflow.sandbox.webhook;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One message to one address, with all attempts to deliver it. Immutable: each step answers the webhook after it.
 *
 * @param transmissionId names it in the log, and in each attempt unless every attempt is to have an id of its own
 * @param eventType null where Toss's message has none
 * @param url null where nobody registered for the event
 * @param signed whether each attempt carries a signature
 * @param run names the start of delivery its attempts belong to: a resend starts another, which voids what was planned
 *     before
 * @param retriedCount 0 until the next attempt is the first retry
 * @param nextAttemptAt null when none is planned
 * @param heldBack whether it waits for a later webhook about the same order to overtake it
 * @param faults what was done to it on purpose
 */
public record Webhook(
        String transmissionId,
        @Nullable String eventType,
        @Nullable String orderId,
        @Nullable String paymentKey,
        @Nullable URI url,
        String body,
        boolean signed,
        Status status,
        long run,
        int retriedCount,
        List<Attempt> attempts,
        @Nullable Instant nextAttemptAt,
        boolean heldBack,
        List<String> faults) {

    /** A dozen ladders; after more, the oldest attempts are no longer shown. */
    private static final int MOST_ATTEMPTS = 96;

    /** How far delivery got; the first three in the words of the developer center: 전송 중, 성공, 실패. */
    public enum Status {
        SENDING,
        SUCCEEDED,
        FAILED,
        /** Kept from everybody on purpose; a resend sends it. */
        WITHHELD,
        /** Nobody registered for it. */
        UNADDRESSED
    }

    /** What became of an attempt. */
    public enum Outcome {
        /** Answered with 200, the only answer that counts. */
        ACCEPTED,
        /** Answered with anything else. */
        REFUSED,
        /** Not answered in time. */
        TIMED_OUT,
        /** No connection, or one that broke. */
        UNREACHABLE,
        /** Not sent: its address was taken away. */
        UNREGISTERED
    }

    /**
     * One attempt.
     *
     * @param transmissionId the id it was sent with
     * @param httpStatus null if there was no answer
     */
    public record Attempt(
            Instant at,
            String transmissionId,
            int retriedCount,
            Outcome outcome,
            @Nullable Integer httpStatus) {}

    /** The name of its event in a choice of events. */
    public String eventName() {
        return nameOf(eventType);
    }

    static String nameOf(@Nullable String eventType) {
        return eventType == null ? "DEPOSIT_CALLBACK" : eventType;
    }

    Webhook accepted(Attempt attempt) {
        return after(attempt, Status.SUCCEEDED, retriedCount, null, false);
    }

    Webhook toBeRetried(Attempt attempt, Instant next) {
        return after(attempt, Status.SENDING, retriedCount + 1, next, false);
    }

    Webhook givenUp(Attempt attempt) {
        return after(attempt, Status.FAILED, retriedCount, null, false);
    }

    /** Kept from everybody. */
    Webhook withheld() {
        return with(Status.WITHHELD, null, false);
    }

    /** Waits for another to overtake it, until the instant at most. */
    Webhook heldBackUntil(Instant latest) {
        return with(status, latest, true);
    }

    private Webhook with(Status next, @Nullable Instant nextAt, boolean held) {
        return new Webhook(
                transmissionId,
                eventType,
                orderId,
                paymentKey,
                url,
                body,
                signed,
                next,
                run,
                retriedCount,
                attempts,
                nextAt,
                held,
                faults);
    }

    /** Delivery starts over, now. */
    Webhook started(long another, Instant at) {
        return new Webhook(
                transmissionId,
                eventType,
                orderId,
                paymentKey,
                url,
                body,
                signed,
                Status.SENDING,
                another,
                0,
                attempts,
                at,
                false,
                faults);
    }

    /** The same delivery under another name, for books that were put back. */
    Webhook continued(long another) {
        return new Webhook(
                transmissionId,
                eventType,
                orderId,
                paymentKey,
                url,
                body,
                signed,
                status,
                another,
                retriedCount,
                attempts,
                nextAttemptAt,
                heldBack,
                faults);
    }

    /** An attempt that has no consequence: it ended after a resend, or was sent besides on purpose. */
    Webhook alsoTried(Attempt attempt) {
        return after(attempt, status, retriedCount, nextAttemptAt, heldBack);
    }

    private Webhook after(Attempt attempt, Status next, int count, @Nullable Instant nextAt, boolean held) {
        List<Attempt> all = Stream.concat(
                        attempts.stream().skip(Math.max(0, attempts.size() + 1 - MOST_ATTEMPTS)), Stream.of(attempt))
                .toList();
        return new Webhook(
                transmissionId,
                eventType,
                orderId,
                paymentKey,
                url,
                body,
                signed,
                next,
                run,
                count,
                all,
                nextAt,
                held,
                faults);
    }
}
