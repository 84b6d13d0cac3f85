package dev.wonflow.inbox;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.listener.ConsumerAwareRecordRecoverer;
import org.springframework.kafka.listener.ListenerExecutionFailedException;

/**
 * Puts messages nobody can handle into {@code <topic>-dlt}: same partition, same bytes, same headers, and why.
 *
 * <p>Spring's {@code DeadLetterPublishingRecoverer} is not used because it writes exception class names into headers
 * and falls back to another partition when the right one is missing.
 */
final class DeadLetters implements ConsumerAwareRecordRecoverer {

    private static final Logger log = LoggerFactory.getLogger(DeadLetters.class);

    /** Keeps a long error text from making the dead letter too large for the broker. */
    private static final int MAX_REASON_LENGTH = 1_000;

    private final Supplier<Producer<byte[], byte[]>> producer;
    private final Duration timeout;
    private final MeterRegistry meters;
    private final Clock clock;

    DeadLetters(Supplier<Producer<byte[], byte[]>> producer, Duration timeout, MeterRegistry meters, Clock clock) {
        this.producer = producer;
        this.timeout = timeout;
        this.meters = meters;
        this.clock = clock;
    }

    /**
     * Waits until the broker has taken the dead letter.
     *
     * @throws KafkaException if it did not; the message is then retried and not lost
     */
    @Override
    public void accept(ConsumerRecord<?, ?> message, @Nullable Consumer<?, ?> consumer, @Nullable Exception thrown) {
        String group = consumer == null ? "unknown" : consumer.groupMetadata().groupId();
        @Nullable Throwable cause = thrown == null ? null : causeOf(thrown);
        String reason = reasonOf(cause);
        ProducerRecord<byte[], byte[]> letter = letter(message, group, reason);
        send(letter);
        Counter.builder("wonflow.inbox.dead.letters")
                .description("Messages that ended in a dead-letter topic")
                .tag("topic", message.topic())
                .tag("consumer", group)
                .register(meters)
                .increment();
        // Only a failure nobody foresaw needs a stack trace.
        log.error(
                "Message {}-{}@{} (id {}, type {}) could not be handled by {} and is now in {}: {}",
                message.topic(),
                message.partition(),
                message.offset(),
                header(message, "ce_id"),
                header(message, "ce_type"),
                group,
                letter.topic(),
                reason,
                cause instanceof UnreadableMessage ? null : cause);
    }

    private ProducerRecord<byte[], byte[]> letter(ConsumerRecord<?, ?> message, String group, String reason) {
        Headers headers = new RecordHeaders();
        for (Header header : message.headers()) {
            // A message that was tried again from the dead letters gets a new cause, not a second one.
            if (!header.key().startsWith(DeadLetterHeaders.PREFIX)) {
                headers.add(header);
            }
        }
        add(headers, DeadLetterHeaders.REASON, reason);
        add(headers, DeadLetterHeaders.TOPIC, message.topic());
        add(headers, DeadLetterHeaders.PARTITION, Integer.toString(message.partition()));
        add(headers, DeadLetterHeaders.OFFSET, Long.toString(message.offset()));
        add(
                headers,
                DeadLetterHeaders.TIMESTAMP,
                Instant.ofEpochMilli(message.timestamp()).toString());
        add(headers, DeadLetterHeaders.CONSUMER, group);
        add(headers, DeadLetterHeaders.AT, clock.instant().toString());
        // No timestamp: the broker's retention starts when the message was put away, not when it was sent.
        return new ProducerRecord<>(
                message.topic() + DeadLetterHeaders.TOPIC_SUFFIX,
                message.partition(),
                null,
                bytes(message.key()),
                bytes(message.value()),
                headers);
    }

    private void send(ProducerRecord<byte[], byte[]> letter) {
        try {
            producer.get().send(letter).get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException(letter.topic() + ": interrupted before the broker took the dead letter", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new KafkaException(letter.topic() + ": the broker did not take the dead letter", e);
        }
    }

    /** What the listener threw, without the container's wrapping. */
    private static Throwable causeOf(Exception thrown) {
        Throwable cause = thrown;
        while (cause instanceof ListenerExecutionFailedException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        for (Throwable inner = cause; inner != null; inner = inner.getCause()) {
            if (inner instanceof UnreadableMessage) {
                return inner;
            }
        }
        return cause;
    }

    private static String reasonOf(@Nullable Throwable cause) {
        String message = cause == null ? null : cause.getMessage();
        String text = message == null || message.isBlank() ? "handling failed without a description" : message;
        String oneLine = printable(text);
        return oneLine.length() <= MAX_REASON_LENGTH ? oneLine : oneLine.substring(0, MAX_REASON_LENGTH) + "…";
    }

    private static String header(ConsumerRecord<?, ?> message, String name) {
        return MessageHeaders.optional(message, name)
                .map(text -> printable(
                        text.length() <= Inbox.MAX_MESSAGE_ID_LENGTH
                                ? text
                                : text.substring(0, Inbox.MAX_MESSAGE_ID_LENGTH) + "…"))
                .orElse("none");
    }

    /** A foreign text must not be able to start a log line of its own. */
    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ");
    }

    private static void add(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    private static byte @Nullable [] bytes(@Nullable Object keyOrValue) {
        return switch (keyOrValue) {
            case null -> null;
            case byte[] bytes -> bytes;
            default ->
                throw new IllegalStateException(
                        "message of type " + keyOrValue.getClass().getSimpleName()
                                + " (expected: byte[], or its bytes could not be kept)");
        };
    }
}
