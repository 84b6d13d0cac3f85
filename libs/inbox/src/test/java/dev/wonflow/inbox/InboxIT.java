package dev.wonflow.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wonflow.runtime.trace.Trace;
import dev.wonflow.runtime.trace.Traceparent;
import dev.wonflow.testsupport.ReferenceTables;
import dev.wonflow.testsupport.server.TestDatabase;
import dev.wonflow.testsupport.server.TestServers;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

class InboxIT {

    private static final String CONSUMER = "order-service.payments";
    private static final String OTHER_CONSUMER = "subscription-service.payments";

    private static TestDatabase database;

    private JdbcClient jdbc;
    private TransactionTemplate transaction;
    private Inbox inbox;

    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final List<String> effects = new ArrayList<>();
    private final Trace trace = Trace.passedOn();

    @BeforeAll
    static void createTable() {
        database = TestServers.postgres().createDatabase("inbox");
        ReferenceTables.create(database, "inbox");
    }

    @BeforeEach
    void startEmpty() {
        database.execute("TRUNCATE inbox, inbox_sequence");
        DataSource dataSource = database.dataSource();
        jdbc = JdbcClient.create(dataSource);
        transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        inbox = new Inbox(jdbc, new Sequences(jdbc), new SkippedMessages(meters), transaction, trace);
    }

    @Test
    void effect_is_had_once_and_the_repetition_is_counted() {
        once(message("m-1", 1), "paid");
        once(message("m-1", 1), "paid again");

        assertThat(effects).containsExactly("paid");
        assertThat(skipped("repeated")).isEqualTo(1);
    }

    @Test
    @Tag("F8")
    void effect_that_fails_takes_its_claim_and_what_it_counted_with_it() {
        ConsumerRecord<byte[], byte[]> message = message("m-1", 1);
        SkippedMessages counter = new SkippedMessages(meters);

        assertThatThrownBy(() -> inbox.once(CONSUMER, message, () -> {
                    counter.skipped(message, "not-ours");
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");
        once(message, "paid");

        assertThat(effects).containsExactly("paid");
        assertThat(skipped("not-ours")).isZero();
    }

    @Test
    void effect_finds_the_transaction_of_its_claim() {
        inbox.once(CONSUMER, message("m-1", 1), () -> {
            assertThat(inbox.claim(CONSUMER, "m-2")).isTrue();
            effects.add("paid");
        });

        assertThat(effects).containsExactly("paid");
    }

    @Test
    void message_may_be_known_by_something_else_than_its_id() {
        inbox.once(CONSUMER, message("m-1", 1), "request-7", () -> effects.add("ordered"));
        inbox.once(CONSUMER, message("m-2", 2), "request-7", () -> effects.add("ordered twice"));

        assertThat(effects).containsExactly("ordered");
    }

    @Test
    void news_older_than_what_replaced_it_is_passed_over_and_counted() {
        inbox.onceIfNewer(CONSUMER, message("m-2", 2), "p-1", () -> effects.add("paid"));
        inbox.onceIfNewer(CONSUMER, message("m-1", 1), "p-1", () -> effects.add("waiting"));
        inbox.onceIfNewer(CONSUMER, message("m-3", 1), "p-2", () -> effects.add("another's"));

        assertThat(effects).containsExactly("paid", "another's");
        assertThat(skipped("stale")).isEqualTo(1);
    }

    @Test
    void effect_that_fails_leaves_older_news_its_turn() {
        assertThatThrownBy(() -> inbox.onceIfNewer(CONSUMER, message("m-2", 2), "p-1", () -> {
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");
        inbox.onceIfNewer(CONSUMER, message("m-1", 1), "p-1", () -> effects.add("waiting"));

        assertThat(effects).containsExactly("waiting");
    }

    @Test
    void effect_is_part_of_the_trace_its_message_came_in() {
        String cause = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        ConsumerRecord<byte[], byte[]> traced = message("m-1", 1);
        traced.headers().add("traceparent", cause.getBytes(UTF_8));
        ConsumerRecord<byte[], byte[]> ambiguous = message("m-2", 2);
        ambiguous.headers().add("traceparent", cause.getBytes(UTF_8)).add("traceparent", cause.getBytes(UTF_8));
        ConsumerRecord<byte[], byte[]> wrong = message("m-3", 3);
        wrong.headers().add("traceparent", cause.toUpperCase(Locale.ROOT).getBytes(UTF_8));

        for (ConsumerRecord<byte[], byte[]> message : List.of(traced, ambiguous, wrong, message("m-4", 4))) {
            inbox.once(
                    CONSUMER,
                    message,
                    () -> effects.add(trace.current().map(Traceparent::toString).orElse("none")));
        }

        assertThat(effects).containsExactly(cause, "none", "none", "none");
        assertThat(trace.current()).isEmpty();
    }

    @Test
    void messages_of_a_poll_have_their_effects_once_and_in_the_order_they_were_handed_over() {
        once(message("m-2", 2), "known");

        together(() -> {
            once(message("m-3", 3), "third");
            once(message("m-2", 2), "known again");
            once(message("m-1", 1), "first");
            once(message("m-3", 3), "third again");
        });

        assertThat(effects).containsExactly("known", "third", "first");
        assertThat(skipped("repeated")).isEqualTo(2);
        assertThat(claim(CONSUMER, "m-1")).isFalse();
        assertThat(claim(CONSUMER, "m-3")).isFalse();
    }

    @Test
    void messages_of_a_poll_have_no_effect_before_all_are_read_and_none_if_one_cannot_be() {
        assertThatThrownBy(() -> together(() -> {
                    once(message("m-1", 1), "paid");
                    once(message("m".repeat(301), 2), "nobody knows");
                }))
                .isInstanceOf(UnreadableMessage.class);

        assertThat(effects).isEmpty();
        once(message("m-1", 1), "paid");
        assertThat(effects).as("nothing is left of the poll").containsExactly("paid");
    }

    @Test
    void effect_that_fails_takes_the_claims_of_its_poll_with_it() {
        assertThatThrownBy(() -> together(() -> {
                    newer("m-1", "p-1", 1, "waiting");
                    newer("m-2", "p-2", 1, "waiting too");
                    inbox.once(CONSUMER, message("m-3", 3), () -> {
                        throw new IllegalStateException("no");
                    });
                }))
                .hasMessage("no");
        effects.clear();
        newer("m-1", "p-1", 1, "waiting");
        newer("m-2", "p-2", 1, "waiting too");

        assertThat(effects).containsExactly("waiting", "waiting too");
    }

    @Test
    void news_of_a_poll_advance_one_after_another_where_they_are_about_the_same() {
        newer("m-0", "p-3", 5, "refunded");

        together(() -> {
            newer("m-1", "p-1", 1, "waiting");
            newer("m-2", "p-1", 2, "paid");
            newer("m-3", "p-1", 1, "waiting late");
            newer("m-4", "p-2", 1, "another's");
            newer("m-5", "p-3", 4, "paid late");
            newer("m-6", "p-3", 6, "reversed");
        });

        assertThat(effects).containsExactly("refunded", "waiting", "paid", "another's", "reversed");
        assertThat(skipped("stale")).isEqualTo(2);
        assertThat(jdbc.sql("SELECT sequence FROM inbox_sequence ORDER BY subject")
                        .query(Long.class)
                        .list())
                .containsExactly(2L, 1L, 6L);
    }

    @Test
    void what_messages_of_a_poll_bring_together_is_handed_over_at_once_and_only_if_it_is_news() {
        newer("m-0", "p-3", 5, "refunded");
        Consumer<List<String>> settled = all -> effects.add("settled " + all);
        Consumer<List<String>> counted = all -> effects.add("counted " + all);

        together(() -> {
            gathered("m-1", "p-1", 1, "unknown", settled);
            gathered("m-2", "p-2", 1, "one", counted);
            newer("m-3", "p-4", 1, "by itself");
            gathered("m-4", "p-1", 2, "paid", settled);
            gathered("m-5", "p-3", 4, "late", settled);
            gathered("m-4", "p-1", 2, "paid again", settled);
        });
        gathered("m-6", "p-5", 1, "alone", settled);

        assertThat(effects)
                .containsExactly(
                        "refunded", "by itself", "settled [unknown, paid]", "counted [one]", "settled [alone]");
    }

    @Test
    void what_a_poll_brought_together_is_forgotten_with_its_claims_when_it_fails() {
        Consumer<List<String>> failing = all -> {
            throw new IllegalStateException("no");
        };
        assertThatThrownBy(() -> together(() -> {
                    newer("m-1", "p-1", 1, "waiting");
                    gathered("m-2", "p-2", 1, "paid", failing);
                }))
                .hasMessage("no");
        effects.clear();

        together(() -> {
            newer("m-1", "p-1", 1, "waiting");
            gathered("m-2", "p-2", 1, "paid", all -> effects.add("settled " + all));
        });

        assertThat(effects).containsExactly("waiting", "settled [paid]");
    }

    @Test
    void message_that_was_taken_before_advances_nothing_in_a_poll() {
        newer("m-1", "p-1", 1, "waiting");
        // As if the message of before had come with another sequence: it is known, and says nothing any more.
        together(() -> {
            newer("m-1", "p-1", 9, "waiting again");
            newer("m-2", "p-1", 2, "paid");
            newer("m-3", "p-2", 1, "another's");
        });

        assertThat(effects).containsExactly("waiting", "paid", "another's");
    }

    @Test
    void effects_of_a_poll_are_each_part_of_the_trace_their_message_came_in() {
        String cause = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        ConsumerRecord<byte[], byte[]> traced = message("m-1", 1);
        traced.headers().add("traceparent", cause.getBytes(UTF_8));

        together(() -> {
            for (ConsumerRecord<byte[], byte[]> message : List.of(traced, message("m-2", 2))) {
                inbox.once(
                        CONSUMER,
                        message,
                        () -> effects.add(
                                trace.current().map(Traceparent::toString).orElse("none")));
            }
        });

        assertThat(effects).containsExactly(cause, "none");
    }

    @Test
    @Tag("F8")
    void message_without_what_it_is_known_by_opens_no_transaction() {
        ConsumerRecord<byte[], byte[]> nameless = message("m-1", 1);
        nameless.headers().remove("ce_id").remove("ce_sequence");
        TransactionOperations none = new TransactionOperations() {
            @Override
            public <T extends @Nullable Object> T execute(TransactionCallback<T> action) {
                throw new AssertionError("opened a transaction");
            }
        };
        Inbox strict = new Inbox(jdbc, new Sequences(jdbc), new SkippedMessages(meters), none, trace);

        assertThatThrownBy(() -> strict.once(CONSUMER, nameless, () -> effects.add("no")))
                .isInstanceOf(UnreadableMessage.class)
                .hasMessageContaining("ce_id");
        assertThatThrownBy(() -> strict.onceIfNewer(CONSUMER, nameless, "p-1", () -> effects.add("no")))
                .isInstanceOf(UnreadableMessage.class)
                .hasMessageContaining("ce_sequence");
    }

    @Test
    void message_is_claimed_once_by_each_consumer() {
        assertThat(claim(CONSUMER, "m-1")).isTrue();
        assertThat(claim(CONSUMER, "m-1")).isFalse();
        assertThat(claim(OTHER_CONSUMER, "m-1")).isTrue();
    }

    @Test
    void rollback_forgets_the_claim() {
        transaction.executeWithoutResult(status -> {
            assertThat(inbox.claim(CONSUMER, "m-1")).isTrue();
            status.setRollbackOnly();
        });

        assertThat(claim(CONSUMER, "m-1")).isTrue();
    }

    @Test
    void of_two_deliveries_at_once_the_second_waits_and_then_finds_it_taken() throws Exception {
        assertThat(secondClaimWhileTheFirst(false)).isFalse();
    }

    @Test
    @Tag("F8")
    void of_two_deliveries_at_once_the_second_takes_over_when_the_first_fails() throws Exception {
        assertThat(secondClaimWhileTheFirst(true)).isTrue();
    }

    @Test
    void id_is_as_long_as_it_has_characters_and_not_as_java_stores_them() {
        assertThat(claim(CONSUMER, "🧾".repeat(Inbox.MAX_MESSAGE_ID_LENGTH))).isTrue();

        assertThatThrownBy(() -> claim(CONSUMER, "🧾".repeat(Inbox.MAX_MESSAGE_ID_LENGTH + 1)))
                .isInstanceOf(UnreadableMessage.class)
                .hasMessage("message id: 301 characters (expected: at most 300)");
    }

    @Test
    void id_with_half_a_character_is_refused_since_the_database_would_take_it_for_another() {
        assertThatThrownBy(() -> claim(CONSUMER, "m-\ud83e"))
                .isInstanceOf(UnreadableMessage.class)
                .hasMessage("message id: half a character (expected: text)");
    }

    @Test
    void id_no_table_can_hold_is_unreadable_and_not_an_error_of_the_database() {
        for (String id : List.of(" ", "x".repeat(301), "a\0b")) {
            assertThatThrownBy(() -> claim(CONSUMER, id)).isInstanceOf(UnreadableMessage.class);
        }
        assertThat(claim(CONSUMER, "x".repeat(300))).isTrue();
    }

    @Test
    void claims_are_forgotten_when_they_are_old_enough_and_not_before() {
        claim(CONSUMER, "new");
        jdbc.sql(
                        "INSERT INTO inbox SELECT :consumer, 'old-' || i, now() - interval '45 days 1 minute' FROM generate_series(1, 25) i")
                .param("consumer", CONSUMER)
                .update();
        jdbc.sql("INSERT INTO inbox VALUES (:consumer, 'almost', now() - interval '44 days 23 hours')")
                .param("consumer", CONSUMER)
                .update();

        InboxRetention retention = new InboxRetention(jdbc, Duration.ofDays(45), 10);

        assertThat(retention.runOnce()).isEqualTo(25);
        assertThat(jdbc.sql("SELECT message_id FROM inbox ORDER BY 1")
                        .query(String.class)
                        .list())
                .containsExactly("almost", "new");
        assertThat(retention.runOnce()).isZero();
    }

    private void once(ConsumerRecord<byte[], byte[]> message, String effect) {
        inbox.once(CONSUMER, message, () -> effects.add(effect));
    }

    private void newer(String id, String subject, long sequence, String effect) {
        inbox.onceIfNewer(CONSUMER, message(id, sequence), subject, () -> effects.add(effect));
    }

    private void gathered(String id, String subject, long sequence, String brought, Consumer<List<String>> effect) {
        inbox.onceIfNewer(CONSUMER, message(id, sequence), subject, brought, effect);
    }

    private void together(Runnable reading) {
        transaction.executeWithoutResult(_ -> inbox.together(reading));
    }

    private double skipped(String reason) {
        Counter counter =
                meters.find("wonflow.inbox.skipped").tag("reason", reason).counter();
        return counter == null ? 0 : counter.count();
    }

    private static ConsumerRecord<byte[], byte[]> message(String id, long sequence) {
        ConsumerRecord<byte[], byte[]> message = new ConsumerRecord<>("payment.events", 0, sequence, null, null);
        message.headers()
                .add("ce_id", id.getBytes(UTF_8))
                .add("ce_type", "payment.paid.v1".getBytes(UTF_8))
                .add("ce_sequence", Long.toString(sequence).getBytes(UTF_8));
        return message;
    }

    private boolean claim(String consumer, String messageId) {
        return transaction.execute(_ -> inbox.claim(consumer, messageId));
    }

    private boolean secondClaimWhileTheFirst(boolean rollsBack) throws Exception {
        CountDownLatch secondIsWaiting = new CountDownLatch(1);
        CountDownLatch firstHasClaimed = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Boolean> first = threads.submit(() -> transaction.execute(status -> {
                boolean claimed = inbox.claim(CONSUMER, "m-1");
                firstHasClaimed.countDown();
                await(secondIsWaiting);
                if (rollsBack) {
                    status.setRollbackOnly();
                }
                return claimed;
            }));
            await(firstHasClaimed);
            Future<Boolean> second = threads.submit(() -> claim(CONSUMER, "m-1"));
            Awaitility.await("second delivery waits for the first")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> jdbc.sql(
                                            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")
                                    .query(Integer.class)
                                    .single()
                            == 1);
            secondIsWaiting.countDown();
            assertThat(first.get(30, TimeUnit.SECONDS)).isTrue();
            return second.get(30, TimeUnit.SECONDS);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
