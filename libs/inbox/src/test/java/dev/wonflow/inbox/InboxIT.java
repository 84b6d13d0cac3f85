package dev.wonflow.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wonflow.testsupport.server.TestDatabase;
import dev.wonflow.testsupport.server.TestServers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class InboxIT {

    private static final String CONSUMER = "order-service.payments";
    private static final String OTHER_CONSUMER = "subscription-service.payments";

    private static TestDatabase database;

    private JdbcClient jdbc;
    private TransactionTemplate transaction;
    private Inbox inbox;

    @BeforeAll
    static void createTable() throws IOException {
        database = TestServers.postgres().createDatabase("inbox");
        for (String table : List.of("0001__inbox.sql", "0002__inbox_sequence.sql")) {
            database.execute(new ClassPathResource(table, Inbox.class).getContentAsString(StandardCharsets.UTF_8));
        }
    }

    @BeforeEach
    void startEmpty() {
        database.execute("TRUNCATE inbox");
        DataSource dataSource = database.dataSource();
        jdbc = JdbcClient.create(dataSource);
        transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        inbox = new Inbox(jdbc);
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
    void batch_answers_what_is_new_in_its_order_and_each_once() {
        claim(CONSUMER, "m-2");

        List<String> claimed =
                transaction.execute(_ -> inbox.claimAll(CONSUMER, List.of("m-3", "m-2", "m-1", "m-3", "m-1")));

        assertThat(claimed).containsExactly("m-3", "m-1");
        assertThat(claim(CONSUMER, "m-1")).isFalse();
    }

    @Test
    void batch_of_nothing_claims_nothing() {
        assertThat(transaction.<List<String>>execute(_ -> inbox.claimAll(CONSUMER, List.of())))
                .isEmpty();
    }

    @Test
    void batches_that_overlap_in_opposite_orders_never_claim_twice() throws Exception {
        List<String> ids = IntStream.range(0, 500).mapToObj(i -> "m-" + i).toList();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<List<String>> one = threads.submit(() -> transaction.execute(_ -> inbox.claimAll(CONSUMER, ids)));
            Future<List<String>> other =
                    threads.submit(() -> transaction.execute(_ -> inbox.claimAll(CONSUMER, ids.reversed())));

            assertThat(one.get(10, TimeUnit.SECONDS).size()
                            + other.get(10, TimeUnit.SECONDS).size())
                    .isEqualTo(500);
        }
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
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> jdbc.sql(
                                            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")
                                    .query(Integer.class)
                                    .single()
                            == 1);
            secondIsWaiting.countDown();
            assertThat(first.get(10, TimeUnit.SECONDS)).isTrue();
            return second.get(10, TimeUnit.SECONDS);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
