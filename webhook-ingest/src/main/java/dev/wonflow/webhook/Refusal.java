package dev.wonflow.webhook;

import org.slf4j.event.Level;

/**
 * Every way a request ends without being kept. Toss repeats a webhook on any answer but 200, so none of these loses
 * one; a refusal says whose turn it is to act.
 */
public enum Refusal {
    EMPTY_BODY(400, "webhook.empty-body", Level.INFO),
    /** The request ended, or broke HTTP's framing, before its body was complete. */
    BROKEN_BODY(400, "webhook.broken-body", Level.INFO),
    /** Toss sends JSON only: this was cut or changed on the way, or Toss did not send it. */
    NOT_JSON(400, "webhook.not-json", Level.WARN),
    SIGNATURE_WRONG(401, "webhook.signature-wrong", Level.WARN),
    SIGNATURE_MISSING(401, "webhook.signature-missing", Level.WARN),
    BODY_TOO_SLOW(408, "webhook.body-too-slow", Level.INFO),
    /** Packed in a way we cannot unpack. */
    UNKNOWN_CODING(415, "webhook.unknown-coding", Level.WARN),
    BODY_TOO_LARGE(413, "webhook.body-too-large", Level.WARN),
    /** Signed, and we hold no key to verify with: ours to repair before Toss gives up. */
    SECRET_MISSING(503, "webhook.secret-missing", Level.ERROR),
    KAFKA_UNAVAILABLE(503, "webhook.kafka-unavailable", Level.ERROR),
    OVERLOADED(503, "webhook.overloaded", Level.WARN);

    private final int status;
    private final String code;
    private final Level level;

    Refusal(int status, String code, Level level) {
        this.status = status;
        this.code = code;
        this.level = level;
    }

    /** HTTP status of the answer. */
    public int status() {
        return status;
    }

    /** Stable name in the answer's {@code code} and in the {@code result} tag of the metrics. */
    public String code() {
        return code;
    }

    public Level level() {
        return level;
    }
}
