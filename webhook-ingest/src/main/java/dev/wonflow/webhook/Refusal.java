package dev.wonflow.webhook;

import dev.wonflow.web.ProblemKind;
import org.slf4j.event.Level;

/**
 * Every way a request ends without being kept. Toss repeats a webhook on any answer but 200, so none of these loses
 * one; a refusal says whose turn it is to act.
 */
public enum Refusal {
    EMPTY_BODY(ProblemKind.MALFORMED, "webhook.empty-body", Level.INFO),
    /** The request ended, or broke HTTP's framing, before its body was complete. */
    BROKEN_BODY(ProblemKind.MALFORMED, "webhook.broken-body", Level.INFO),
    /** Toss sends JSON only: this was cut or changed on the way, or Toss did not send it. */
    NOT_JSON(ProblemKind.MALFORMED, "webhook.not-json", Level.WARN),
    /** From an address that is not on the list of those who want one. */
    SOURCE_NOT_ALLOWED(new ProblemKind(403, "webhook.source-not-allowed"), "webhook.source-not-allowed", Level.WARN),
    SIGNATURE_WRONG(new ProblemKind(401, "webhook.signature-wrong"), "webhook.signature-wrong", Level.WARN),
    SIGNATURE_MISSING(new ProblemKind(401, "webhook.signature-missing"), "webhook.signature-missing", Level.WARN),
    BODY_TOO_SLOW(new ProblemKind(408, "webhook.body-too-slow"), "webhook.body-too-slow", Level.INFO),
    /** Packed in a way we cannot unpack. */
    UNKNOWN_CODING(ProblemKind.PACKED, "webhook.unknown-coding", Level.WARN),
    BODY_TOO_LARGE(ProblemKind.TOO_LARGE, "webhook.body-too-large", Level.WARN),
    /** Signed, and we hold no key to verify with: ours to repair before Toss gives up. */
    SECRET_MISSING(new ProblemKind(503, "webhook.secret-missing"), "webhook.secret-missing", Level.ERROR),
    KAFKA_UNAVAILABLE(ProblemKind.UNAVAILABLE, "webhook.kafka-unavailable", Level.ERROR),
    OVERLOADED(new ProblemKind(503, "webhook.overloaded"), "webhook.overloaded", Level.WARN);

    @SuppressWarnings("ImmutableEnumChecker") // A number and a text.
    private final ProblemKind problem;

    private final String result;
    private final Level level;

    Refusal(ProblemKind problem, String result, Level level) {
        this.problem = problem;
        this.result = result;
        this.level = level;
    }

    /** What the sender is told. */
    public ProblemKind problem() {
        return problem;
    }

    /** Stable name in the {@code result} tag of the metrics, finer than what the sender is told. */
    public String result() {
        return result;
    }

    public Level level() {
        return level;
    }
}
