package dev.wonflow.inbox;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.listener.ListenerExecutionFailedException;

/**
 * Puts messages nobody can handle into {@code <topic>-dlt}: same partition, same bytes, same headers, and why. What is
 * too large for that topic is kept as far as it fits.
 *
 * <p>Spring's {@code DeadLetterPublishingRecoverer} is not used because it writes exception class names into headers,
 * falls back to another partition when the right one is missing, and has the consumer wait for each letter.
 */
final class DeadLetters {

    private static final Logger log = LoggerFactory.getLogger(DeadLetters.class);

    /** Keeps a long error text from making the dead letter too large for the broker. */
    private static final int MAX_REASON_LENGTH = 1_000;

    private static final int MAX_LOGGED_HEADER_LENGTH = 300;

    /** Longest mark of an earlier truncation that can be ours, in bytes. */
    private static final int MAX_MARK_LENGTH = 160;

    /** Far longer than a producer takes to give a letter up; only one whose thread has died stays silent. */
    private static final Duration SILENCE = Duration.ofMinutes(3);

    private static final int TIMEOUTS_BEFORE_REPLACING = 2;

    /** Below this a letter carries nothing of its message any more; a topic that does not take it takes nothing. */
    private static final long SMALLEST = 1_024;

    private final AtomicInteger timeoutsInARow = new AtomicInteger();
    private final LetterProducer producer;
    private final Function<String, OptionalInt> largestBatch;
    private final Executor executor;
    private final MeterRegistry meters;
    private final Clock clock;

    /**
     * Creates it.
     *
     * @param largestBatch the most bytes a topic takes at once, where that can be found out
     * @param executor for what may wait for the broker
     */
    DeadLetters(
            LetterProducer producer,
            Function<String, OptionalInt> largestBatch,
            Executor executor,
            MeterRegistry meters,
            Clock clock) {
        this.producer = producer;
        this.largestBatch = largestBatch;
        this.executor = executor;
        this.meters = meters;
        this.clock = clock;
    }

    /** Writes a letter without sending it. */
    DeadLetter write(ConsumerRecord<?, ?> message, String group, @Nullable Exception thrown, AtomicBoolean halted) {
        @Nullable Throwable cause = thrown == null ? null : causeOf(thrown);
        String reason = reasonOf(cause);
        return new DeadLetter(
                message, group, reason, cause, letter(message, group, reason), halted, new CompletableFuture<>());
    }

    /**
     * Hands letters to the broker one after the other, on a thread that may wait.
     *
     * @param before completes when the letter before this one was handed over
     * @return completes when this one was, and never with an exception
     */
    CompletableFuture<Void> send(DeadLetter letter, CompletableFuture<Void> before) {
        return afterwards(before, letter, () -> sendWhole(letter));
    }

    /** Whatever goes wrong becomes a refusal, and what comes after it goes on. */
    private CompletableFuture<Void> afterwards(CompletableFuture<Void> before, DeadLetter letter, Runnable work) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        var _ = before.thenRunAsync(work, executor).whenComplete((_, failure) -> {
            if (failure != null) {
                refused(letter, unwrapped(failure));
            }
            done.complete(null);
        });
        return done;
    }

    private static Throwable unwrapped(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure instanceof CompletionException && cause != null ? cause : failure;
    }

    /** Counts and logs a letter the broker has. Never throws: the consumer has to go on either way. */
    void noteStored(DeadLetter dead) {
        try {
            count(dead);
            report(dead);
        } catch (RuntimeException e) {
            log.error(
                    "Dead letter of {}-{}@{} is stored but could not be counted and reported",
                    dead.message().topic(),
                    dead.message().partition(),
                    dead.message().offset(),
                    e);
        }
    }

    private void count(DeadLetter dead) {
        Counter.builder("wonflow.inbox.dead.letters")
                .description("Messages that ended in a dead-letter topic")
                .tag("topic", dead.message().topic())
                .tag("consumer", dead.group())
                .register(meters)
                .increment();
    }

    private static void report(DeadLetter dead) {
        ConsumerRecord<?, ?> message = dead.message();
        Header truncated = dead.stored().join().headers().lastHeader(DeadLetterHeaders.TRUNCATED);
        // Only a failure nobody foresaw needs a stack trace.
        log.error(
                "Message {}-{}@{} (id {}, type {}) could not be handled by {} and is now in {}{}: {}",
                message.topic(),
                message.partition(),
                message.offset(),
                header(message, "ce_id"),
                header(message, "ce_type"),
                dead.group(),
                dead.letter().topic(),
                truncated == null ? "" : " without all of its " + shown(truncated),
                dead.reason(),
                dead.cause() instanceof UnreadableMessage ? null : dead.cause());
    }

    private ProducerRecord<byte[], byte[]> letter(ConsumerRecord<?, ?> message, String group, String reason) {
        Headers headers = new RecordHeaders();
        Set<Header> marks = marks(message.headers());
        for (Header header : message.headers()) {
            // A message that was tried again from the dead letters gets a new cause, not a second one.
            if (!header.key().startsWith(DeadLetterHeaders.PREFIX) || marks.contains(header)) {
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

    /** The marks of an earlier truncation. Anybody can send such headers, so only those that can be ours count. */
    private static Set<Header> marks(Headers headers) {
        Map<String, List<Header>> named = new HashMap<>();
        for (Header header : headers) {
            if (DeadLetterHeaders.OF_THE_ORIGINAL.contains(header.key())) {
                named.computeIfAbsent(header.key(), _ -> new ArrayList<>()).add(header);
            }
        }
        return named.values().stream()
                .filter(same -> same.size() == 1)
                .map(List::getFirst)
                .filter(header -> header.value() != null && header.value().length <= MAX_MARK_LENGTH)
                .collect(Collectors.toSet());
    }

    private void sendWhole(DeadLetter letter) {
        if (letter.halted().get()) {
            letter.stored().completeExceptionally(new KafkaException("an earlier dead letter was refused"));
            return;
        }
        var _ = letter.stored().orTimeout(SILENCE.toSeconds(), TimeUnit.SECONDS);
        send(letter, letter.letter(), LetterSize.of(letter.letter()));
    }

    private void send(DeadLetter dead, ProducerRecord<byte[], byte[]> letter, long limit) {
        if (dead.stored().isDone()) {
            // Given up meanwhile; the lane has gone back to its message.
            return;
        }
        try {
            Producer<byte[], byte[]> sender = producer.get();
            var _ = dead.stored().exceptionally(failure -> {
                discardIfBroken(sender, failure);
                return letter;
            });
            var _ = sender.send(letter, (_, failure) -> answered(dead, letter, limit, failure));
        } catch (RuntimeException | Error e) {
            // Those who wait for the letter have to hear of it, whatever it was.
            refused(dead, e);
        }
    }

    /** Runs on the producer's own thread, which must not wait. */
    private void answered(
            DeadLetter dead, ProducerRecord<byte[], byte[]> letter, long limit, @Nullable Exception failure) {
        if (failure == null) {
            timeoutsInARow.set(0);
            dead.stored().complete(letter);
        } else if (isTooLarge(failure) && limit > SMALLEST) {
            var _ = afterwards(CompletableFuture.completedFuture(null), dead, () -> sendShortened(dead, limit));
        } else {
            refused(dead, failure);
        }
    }

    /** Tries the topic's own limit, and half as much each time even that is too large. */
    private void sendShortened(DeadLetter dead, long refusedLimit) {
        OptionalInt known = largestBatch.apply(dead.letter().topic());
        long limit = known.isPresent() && known.getAsInt() < refusedLimit ? known.getAsInt() : refusedLimit / 2;
        long tried = Math.max(limit, SMALLEST);
        send(dead, LetterSize.shortened(dead.letter(), tried), tried);
    }

    private static void refused(DeadLetter dead, Throwable failure) {
        // Letters behind this one would be sent again together with it.
        dead.halted().set(true);
        dead.stored().completeExceptionally(failure);
    }

    /** Some failures leave a producer that refuses all that follows, even when their cause is gone. */
    private void discardIfBroken(Producer<byte[], byte[]> sender, Throwable failure) {
        if (isOfTheLetter(failure) && !isSilence(failure)) {
            return;
        }
        executor.execute(() -> {
            if (producer.discard(sender)) {
                log.warn("The producer of dead letters is replaced: {}", String.valueOf(failure.getMessage()));
            }
        });
    }

    /** A producer whose thread has died times out as one does whose broker is away. */
    private boolean isSilence(Throwable failure) {
        return failure instanceof TimeoutException && timeoutsInARow.incrementAndGet() >= TIMEOUTS_BEFORE_REPLACING;
    }

    /** Whether a failure tells of the letter, its topic or the moment, and not of the producer. */
    private static boolean isOfTheLetter(Throwable failure) {
        return failure instanceof RetriableException
                || failure instanceof TopicAuthorizationException
                || failure instanceof InvalidTopicException
                || failure instanceof InvalidTimestampException
                || failure instanceof InvalidRecordException
                || failure instanceof PolicyViolationException
                || failure instanceof RecordTooLargeException
                || failure instanceof RecordBatchTooLargeException;
    }

    private static boolean isTooLarge(Exception failure) {
        return failure instanceof RecordTooLargeException || failure instanceof RecordBatchTooLargeException;
    }

    /** What the listener threw, without the container's wrapping. */
    static Throwable causeOf(Exception thrown) {
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
        return Text.bounded(printable(text), MAX_REASON_LENGTH);
    }

    private static String header(ConsumerRecord<?, ?> message, String name) {
        Header found = message.headers().lastHeader(name);
        return found == null || found.value() == null ? "none" : shown(found);
    }

    private static String shown(Header header) {
        return Text.bounded(printable(new String(header.value(), StandardCharsets.UTF_8)), MAX_LOGGED_HEADER_LENGTH);
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
