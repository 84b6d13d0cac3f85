package dev.wonflow.inbox;

import dev.wonflow.runtime.trace.Traceparent;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Iterator;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * CloudEvents attributes of a Kafka record in binary mode.
 *
 * <p>A header is either absent or readable: one that is there twice, is blank, has control characters or is not UTF-8
 * could mean anything, and a message nobody can be sure of belongs to the dead letters.
 */
public final class MessageHeaders {

    private static final String SEQUENCE = "ce_sequence";
    private static final String TIME = "ce_time";

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

    private MessageHeaders() {}

    /**
     * Reads {@code ce_id}.
     *
     * @throws UnreadableMessage if it is missing or unreadable
     */
    public static String id(ConsumerRecord<?, ?> message) {
        return required(message, "ce_id");
    }

    /**
     * Reads {@code ce_type}.
     *
     * @throws UnreadableMessage if it is missing or unreadable
     */
    public static String type(ConsumerRecord<?, ?> message) {
        return required(message, "ce_type");
    }

    /**
     * Reads {@code ce_sequence}, the version of the aggregate.
     *
     * @throws UnreadableMessage if it is missing or not a whole number from 0 on
     */
    public static long sequence(ConsumerRecord<?, ?> message) {
        String text = required(message, SEQUENCE);
        if (!NUMBER.matcher(text).matches()) {
            throw new UnreadableMessage("header " + SEQUENCE + ": no number (expected: 0 or more, at most 18 digits)");
        }
        return Long.parseLong(text);
    }

    /**
     * Reads {@code ce_time}.
     *
     * @throws UnreadableMessage if it is there and not an instant
     */
    public static Optional<Instant> time(ConsumerRecord<?, ?> message) {
        return optional(message, TIME).map(text -> {
            try {
                return Instant.parse(text);
            } catch (DateTimeException e) {
                throw new UnreadableMessage(
                        "header " + TIME + ": not a time (expected: such as 2026-01-05T03:00:00Z)", e);
            }
        });
    }

    /** Reads {@code traceparent}; one that is unreadable is none, since no message is worth less for it. */
    static Optional<Traceparent> traceparent(ConsumerRecord<?, ?> message) {
        Iterator<Header> found = message.headers().headers(Traceparent.HEADER).iterator();
        byte[] value = found.hasNext() ? found.next().value() : null;
        return value == null || found.hasNext()
                ? Optional.empty()
                : Traceparent.parse(new String(value, StandardCharsets.ISO_8859_1));
    }

    /**
     * Reads a header as text.
     *
     * @throws UnreadableMessage if it is missing or unreadable
     */
    public static String required(ConsumerRecord<?, ?> message, String header) {
        return optional(message, header)
                .orElseThrow(() -> new UnreadableMessage("header " + header + ": missing (expected: text)"));
    }

    /**
     * Reads a header as text.
     *
     * @return empty if there is none
     * @throws UnreadableMessage if it is unreadable
     */
    public static Optional<String> optional(ConsumerRecord<?, ?> message, String header) {
        Iterator<Header> found = message.headers().headers(header).iterator();
        if (!found.hasNext()) {
            return Optional.empty();
        }
        byte[] value = found.next().value();
        if (found.hasNext()) {
            throw new UnreadableMessage("header " + header + ": more than one (expected: one)");
        }
        String text = value == null ? "" : decode(header, value).strip();
        if (text.isEmpty()) {
            throw new UnreadableMessage("header " + header + ": blank (expected: text, or no header)");
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new UnreadableMessage("header " + header + ": control characters (expected: text without them)");
        }
        return Optional.of(text);
    }

    private static String decode(String header, byte[] value) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(value))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new UnreadableMessage("header " + header + ": not UTF-8 (expected: text)", e);
        }
    }
}
