package dev.wonflow.inbox;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** CloudEvents attributes of a Kafka record in binary mode. */
public final class MessageHeaders {

    private MessageHeaders() {}

    /**
     * Reads {@code ce_id}.
     *
     * @throws UnreadableMessage if it is missing or blank
     */
    public static String id(ConsumerRecord<?, ?> message) {
        return required(message, "ce_id");
    }

    /**
     * Reads {@code ce_type}.
     *
     * @throws UnreadableMessage if it is missing or blank
     */
    public static String type(ConsumerRecord<?, ?> message) {
        return required(message, "ce_type");
    }

    /**
     * Reads a header as UTF-8 text.
     *
     * @throws UnreadableMessage if it is missing or blank
     */
    public static String required(ConsumerRecord<?, ?> message, String header) {
        return optional(message, header)
                .orElseThrow(() -> new UnreadableMessage("header " + header + ": missing (expected: text)"));
    }

    /** Reads a header as UTF-8 text; a blank one counts as missing. */
    public static Optional<String> optional(ConsumerRecord<?, ?> message, String header) {
        Header found = message.headers().lastHeader(header);
        if (found == null || found.value() == null) {
            return Optional.empty();
        }
        String text = new String(found.value(), StandardCharsets.UTF_8).strip();
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }
}
