package dev.wonflow.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.listener.ListenerExecutionFailedException;

class DeadLettersTest {

    private static final byte[] NOT_TEXT = {(byte) 0xff, 0, 0x7b};
    private static final Instant SENT = Instant.parse("2026-01-05T02:59:00Z");
    private static final Instant NOON = Instant.parse("2026-01-05T03:00:00Z");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final MockProducer<byte[], byte[]> broker = broker();
    private final DeadLetters deadLetters = deadLetters(() -> broker);

    @Test
    void dead_letter_has_the_partition_and_bytes_and_headers_of_the_message() {
        putAway(message(), thrown(new UnreadableMessage("unitPrice: -5 (expected: 1 or more)")));

        ProducerRecord<byte[], byte[]> letter = broker.history().getFirst();
        assertThat(letter.topic()).isEqualTo("checkout.requests-dlt");
        assertThat(letter.partition()).isEqualTo(4);
        assertThat(letter.key()).isEqualTo("key".getBytes(UTF_8));
        assertThat(letter.value()).isEqualTo(NOT_TEXT);
        assertThat(letter.headers().lastHeader("ce_id").value()).isEqualTo("m-1".getBytes(UTF_8));
        assertThat(letter.headers().lastHeader("raw").value()).isEqualTo(NOT_TEXT);
    }

    @Test
    void headers_say_what_was_wrong_and_where_and_for_whom_and_when() {
        putAway(message(), thrown(new UnreadableMessage("unitPrice: -5 (expected: 1 or more)")));

        ProducerRecord<byte[], byte[]> letter = broker.history().getFirst();
        assertThat(text(letter, DeadLetterHeaders.REASON)).hasValue("unitPrice: -5 (expected: 1 or more)");
        assertThat(text(letter, DeadLetterHeaders.TOPIC)).hasValue("checkout.requests");
        assertThat(text(letter, DeadLetterHeaders.PARTITION)).hasValue("4");
        assertThat(text(letter, DeadLetterHeaders.OFFSET)).hasValue("17");
        assertThat(text(letter, DeadLetterHeaders.TIMESTAMP)).hasValue(SENT.toString());
        assertThat(text(letter, DeadLetterHeaders.CONSUMER)).hasValue("orders");
        assertThat(text(letter, DeadLetterHeaders.AT)).hasValue(NOON.toString());
        assertThat(letter.timestamp()).isNull();
    }

    @Test
    void no_header_names_a_class_of_ours() {
        putAway(message(), thrown(new UnreadableMessage("x")));
        putAway(message(), thrown(new IllegalStateException()));

        assertThat(broker.history())
                .flatExtracting(letter -> List.of(letter.headers().toArray()))
                .extracting(header -> new String(header.value(), UTF_8))
                .noneMatch(value -> value.contains("Exception") || value.contains("Unreadable"));
    }

    @Test
    void second_failure_replaces_the_cause_of_the_first() {
        ConsumerRecord<byte[], byte[]> again = message();
        again.headers().add(DeadLetterHeaders.REASON, "older".getBytes(UTF_8));

        putAway(again, thrown(new UnreadableMessage("newer")));

        assertThat(broker.history().getFirst().headers().headers(DeadLetterHeaders.REASON))
                .extracting(Header::value)
                .containsExactly("newer".getBytes(UTF_8));
    }

    @Test
    void mark_of_an_earlier_truncation_is_kept() {
        ConsumerRecord<byte[], byte[]> again = message();
        again.headers().add(DeadLetterHeaders.TRUNCATED, "value".getBytes(UTF_8));

        putAway(again, thrown(new UnreadableMessage("x")));

        assertThat(text(broker.history().getFirst(), DeadLetterHeaders.TRUNCATED))
                .hasValue("value");
    }

    @Test
    void mark_that_cannot_be_ours_is_dropped_and_harms_nobody() {
        ConsumerRecord<byte[], byte[]> empty = message();
        empty.headers().add(DeadLetterHeaders.TRUNCATED, null);
        ConsumerRecord<byte[], byte[]> huge = message();
        huge.headers().add(DeadLetterHeaders.TRUNCATED, new byte[161]);
        ConsumerRecord<byte[], byte[]> twice = message();
        twice.headers().add(DeadLetterHeaders.TRUNCATED, "key".getBytes(UTF_8));
        twice.headers().add(DeadLetterHeaders.TRUNCATED, "value".getBytes(UTF_8));

        List.of(empty, huge, twice).forEach(message -> putAway(message, thrown(new UnreadableMessage("x"))));

        assertThat(broker.history())
                .hasSize(3)
                .allSatisfy(letter -> assertThat(letter.headers().headers(DeadLetterHeaders.TRUNCATED))
                        .isEmpty());
    }

    @Test
    void letter_that_cannot_be_counted_does_not_stop_the_consumer() {
        meters.config().meterFilter(new MeterFilter() {

            @Override
            public Meter.Id map(Meter.Id id) {
                throw new IllegalStateException("no meters");
            }
        });

        DeadLetter letter = putAway(message(), thrown(new UnreadableMessage("x")));

        assertThat(letter.stored()).isCompleted();
    }

    @Test
    void reason_stays_short_and_on_one_line() {
        putAway(message(), thrown(new IllegalStateException("a\nb" + "x".repeat(5_000))));

        assertThat(text(broker.history().getFirst(), DeadLetterHeaders.REASON))
                .hasValueSatisfying(reason ->
                        assertThat(reason).startsWith("a b").hasSize(1_001).endsWith("…"));
    }

    @Test
    void reason_ends_between_two_characters() {
        putAway(message(), thrown(new IllegalStateException("x".repeat(999) + "🧾🧾")));

        assertThat(text(broker.history().getFirst(), DeadLetterHeaders.REASON)).hasValue("x".repeat(999) + "🧾…");
    }

    @Test
    void message_without_key_and_value_keeps_having_none() {
        putAway(
                new ConsumerRecord<byte[], byte[]>("checkout.requests", 0, 0, null, null),
                thrown(new UnreadableMessage("x")));

        assertThat(broker.history().getFirst().key()).isNull();
        assertThat(broker.history().getFirst().value()).isNull();
    }

    @Test
    void dead_letters_are_counted_by_topic() {
        putAway(message(), thrown(new UnreadableMessage("x")));

        assertThat(meters.get("wonflow.inbox.dead.letters")
                        .tag("topic", "checkout.requests")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void letter_the_broker_does_not_take_is_no_letter() {
        broker.sendException = new InvalidTimestampException("out of range");

        DeadLetter letter = putAway(message(), thrown(new UnreadableMessage("x")));

        assertThatThrownBy(letter.stored()::join).hasRootCauseMessage("out of range");
        assertThat(letter.halted()).as("later letters of the partition").isTrue();
        assertThat(meters.find("wonflow.inbox.dead.letters").counter()).isNull();
    }

    @Test
    void letter_behind_a_refused_one_is_not_sent() {
        DeadLetter letter =
                deadLetters.write(message(), "orders", thrown(new UnreadableMessage("x")), new AtomicBoolean(true));

        deadLetters.send(letter, CompletableFuture.completedFuture(null)).join();

        assertThat(letter.stored()).isCompletedExceptionally();
        assertThat(broker.history()).isEmpty();
    }

    @Test
    void producer_that_can_do_no_more_is_replaced() {
        MockProducer<byte[], byte[]> next = broker();
        DeadLetters renewing = deadLetters(List.of(broker, next).iterator()::next);
        broker.sendException = new ClusterAuthorizationException("no right to write");
        DeadLetter refused = putAway(renewing);

        DeadLetter taken = putAway(renewing);

        assertThat(refused.stored()).isCompletedExceptionally();
        assertThat(taken.stored()).isCompleted();
        assertThat(next.history()).hasSize(1);
        assertThat(broker.closed()).isTrue();
    }

    @Test
    void producer_goes_on_when_only_the_topic_refuses() {
        DeadLetters renewing = deadLetters(List.of(broker).iterator()::next);
        broker.sendException = new TopicAuthorizationException("no right to write here");
        putAway(renewing);
        broker.sendException = null;

        assertThat(putAway(renewing).stored()).isCompleted();
        assertThat(broker.closed()).isFalse();
    }

    /** Its thread may have died; then it never learns of a topic it has not written to. */
    @Test
    void producer_that_runs_out_of_time_again_and_again_is_replaced() {
        MockProducer<byte[], byte[]> next = broker();
        DeadLetters renewing = deadLetters(List.of(broker, next).iterator()::next);
        broker.sendException = new TimeoutException("topic not in metadata after 15000 ms");

        putAway(renewing);
        assertThat(broker.closed()).as("once may happen").isFalse();
        putAway(renewing);
        putAway(renewing);

        assertThat(broker.closed()).isTrue();
        assertThat(next.history()).hasSize(1);
    }

    @Test
    void letter_that_cannot_be_handed_over_is_refused_and_those_behind_it_go_on() {
        AtomicBoolean broken = new AtomicBoolean(true);
        DeadLetters stumbling = deadLetters(List.of(broker).iterator()::next, work -> {
            if (broken.getAndSet(false)) {
                throw new RejectedExecutionException("no thread");
            }
            work.run();
        });
        DeadLetter first =
                stumbling.write(message(), "orders", thrown(new UnreadableMessage("x")), new AtomicBoolean());
        DeadLetter second =
                stumbling.write(message(), "orders", thrown(new UnreadableMessage("x")), new AtomicBoolean());

        CompletableFuture<Void> handedOver = stumbling.send(first, CompletableFuture.completedFuture(null));
        stumbling.send(second, handedOver).join();

        assertThat(first.stored()).isCompletedExceptionally();
        assertThat(first.halted()).isTrue();
        assertThat(second.stored()).isCompleted();
    }

    @Test
    void letter_given_up_meanwhile_is_not_sent() {
        DeadLetter letter =
                deadLetters.write(message(), "orders", thrown(new UnreadableMessage("x")), new AtomicBoolean());
        letter.stored().completeExceptionally(new IllegalStateException("silent for too long"));

        deadLetters.send(letter, CompletableFuture.completedFuture(null)).join();

        assertThat(broker.history()).isEmpty();
        assertThat(broker.closed()).isFalse();
    }

    @Test
    void letter_after_the_end_is_refused() {
        LetterProducer ended = new LetterProducer(() -> broker, Duration.ZERO);
        ended.close();

        assertThatThrownBy(ended::get).isInstanceOf(IllegalStateException.class);
    }

    private DeadLetter putAway(DeadLetters deadLetters) {
        DeadLetter letter =
                deadLetters.write(message(), "orders", thrown(new UnreadableMessage("x")), new AtomicBoolean());
        deadLetters.send(letter, CompletableFuture.completedFuture(null)).join();
        return letter;
    }

    private DeadLetter putAway(ConsumerRecord<?, ?> message, Exception thrown) {
        DeadLetter letter = deadLetters.write(message, "orders", thrown, new AtomicBoolean());
        deadLetters.send(letter, CompletableFuture.completedFuture(null)).join();
        if (!letter.stored().isCompletedExceptionally()) {
            deadLetters.noteStored(letter);
        }
        return letter;
    }

    private DeadLetters deadLetters(Supplier<Producer<byte[], byte[]>> producers) {
        return deadLetters(producers, Runnable::run);
    }

    private DeadLetters deadLetters(Supplier<Producer<byte[], byte[]>> producers, Executor executor) {
        return new DeadLetters(
                new LetterProducer(producers, Duration.ZERO),
                _ -> OptionalInt.empty(),
                executor,
                meters,
                Clock.fixed(NOON, ZoneOffset.UTC));
    }

    private static MockProducer<byte[], byte[]> broker() {
        return new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static ListenerExecutionFailedException thrown(RuntimeException cause) {
        return new ListenerExecutionFailedException("Listener method 'on' threw exception", cause);
    }

    private static Optional<String> text(ProducerRecord<byte[], byte[]> letter, String name) {
        return Optional.ofNullable(letter.headers().lastHeader(name)).map(header -> new String(header.value(), UTF_8));
    }

    private static ConsumerRecord<byte[], byte[]> message() {
        RecordHeaders headers = new RecordHeaders();
        headers.add("ce_id", "m-1".getBytes(UTF_8));
        headers.add("raw", NOT_TEXT);
        return new ConsumerRecord<>(
                "checkout.requests",
                4,
                17,
                SENT.toEpochMilli(),
                TimestampType.CREATE_TIME,
                3,
                3,
                "key".getBytes(UTF_8),
                NOT_TEXT,
                headers,
                Optional.empty());
    }
}
