package dev.wonflow.sandbox.webhook;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One message to one address, with all attempts to deliver it. Immutable: each step answers the webhook after it.
 *
 * @param transmissionId the same over all attempts; that it is stays undocumented
 * @param eventType null where Toss's message has none
 * @param run counts how often delivery was started: once, and again by each resend, which voids what was planned before
 * @param nextAttemptAt null when none is planned
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, and nobody changes the array.
public record Webhook(
        String transmissionId,
        @Nullable String eventType,
        String orderId,
        String paymentKey,
        URI url,
        byte[] body,
        Status status,
        int run,
        List<Attempt> attempts,
        @Nullable Instant nextAttemptAt) {

    /** How far delivery got; in the words of the developer center: 전송 중, 성공, 실패. */
    public enum Status {
        SENDING,
        SUCCEEDED,
        FAILED
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
        UNREACHABLE
    }

    /**
     * One attempt.
     *
     * @param httpStatus null if there was no answer
     */
    public record Attempt(
            Instant at, Outcome outcome, @Nullable Integer httpStatus) {}

    static Webhook planned(
            String transmissionId,
            @Nullable String eventType,
            String orderId,
            String paymentKey,
            URI url,
            byte[] body,
            Instant at) {
        return new Webhook(transmissionId, eventType, orderId, paymentKey, url, body, Status.SENDING, 1, List.of(), at);
    }

    Webhook accepted(Attempt attempt) {
        return after(attempt, Status.SUCCEEDED, null);
    }

    Webhook toBeRetried(Attempt attempt, Instant next) {
        return after(attempt, Status.SENDING, next);
    }

    Webhook givenUp(Attempt attempt) {
        return after(attempt, Status.FAILED, null);
    }

    Webhook resent(Instant at) {
        return new Webhook(
                transmissionId, eventType, orderId, paymentKey, url, body, Status.SENDING, run + 1, attempts, at);
    }

    /** An attempt of an earlier run that ended after a resend: recorded, and without consequence. */
    Webhook overtaken(Attempt attempt) {
        return after(attempt, status, nextAttemptAt);
    }

    private Webhook after(Attempt attempt, Status next, @Nullable Instant nextAt) {
        List<Attempt> all = Stream.concat(attempts.stream(), Stream.of(attempt)).toList();
        return new Webhook(transmissionId, eventType, orderId, paymentKey, url, body, next, run, all, nextAt);
    }
}
