package dev.wonflow.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wonflow.testsupport.ReferenceTables;
import dev.wonflow.testsupport.server.TestDatabase;
import dev.wonflow.testsupport.server.TestServers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class SequencesIT {

    private static final String CONSUMER = "subscription-service.payments";
    private static final String PAYMENT = "p-1";

    private static TestDatabase database;

    private JdbcClient jdbc;
    private TransactionTemplate transaction;
    private Sequences sequences;

    @BeforeAll
    static void createTables() {
        database = TestServers.postgres().createDatabase("sequences");
        ReferenceTables.create(database, "inbox");
    }

    @BeforeEach
    void startEmpty() {
        database.execute("TRUNCATE inbox_sequence");
        DataSource dataSource = database.dataSource();
        jdbc = JdbcClient.create(dataSource);
        transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
        sequences = new Sequences(jdbc);
    }

    @Test
    void younger_news_passes_and_what_is_as_old_or_older_is_dropped() {
        assertThat(advance(CONSUMER, PAYMENT, 3)).isTrue();
        assertThat(advance(CONSUMER, PAYMENT, 3)).isFalse();
        assertThat(advance(CONSUMER, PAYMENT, 2)).isFalse();
        assertThat(advance(CONSUMER, PAYMENT, 7)).isTrue();
        assertThat(advance(CONSUMER, PAYMENT, 4)).isFalse();
    }

    @Test
    void consumers_and_subjects_have_each_their_own_count() {
        advance(CONSUMER, PAYMENT, 9);

        assertThat(advance("order-service.payments", PAYMENT, 1)).isTrue();
        assertThat(advance(CONSUMER, "p-2", 1)).isTrue();
        assertThat(advance(CONSUMER, "p-3", 0)).isTrue();
    }

    @Test
    void rollback_forgets_how_far_the_news_had_come() {
        transaction.executeWithoutResult(status -> {
            assertThat(sequences.advance(CONSUMER, PAYMENT, 4)).isTrue();
            status.setRollbackOnly();
        });

        assertThat(advance(CONSUMER, PAYMENT, 3)).isTrue();
    }

    @Test
    void of_many_at_once_each_sequence_passes_at_most_once_and_the_youngest_always() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> answers = IntStream.range(0, 60)
                    .mapToObj(i -> threads.submit(() -> advance(CONSUMER, PAYMENT, i % 20)))
                    .toList();
            int passed = 0;
            for (Future<Boolean> answer : answers) {
                passed += answer.get(20, TimeUnit.SECONDS) ? 1 : 0;
            }

            assertThat(passed).isBetween(1, 20);
        }
        assertThat(jdbc.sql("SELECT sequence FROM inbox_sequence")
                        .query(Long.class)
                        .single())
                .isEqualTo(19);
    }

    @Test
    void without_a_transaction_nothing_is_advanced() {
        assertThatThrownBy(() -> sequences.advance(CONSUMER, PAYMENT, 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no transaction is open");
    }

    @Test
    void subject_no_table_can_hold_is_unreadable_and_not_an_error_of_the_database() {
        for (String subject : List.of(" ", "x".repeat(201))) {
            assertThatThrownBy(() -> advance(CONSUMER, subject, 1)).isInstanceOf(UnreadableMessage.class);
        }
        assertThat(advance(CONSUMER, "x".repeat(200), 1)).isTrue();
        assertThat(advance(CONSUMER, "🧾".repeat(200), 1)).isTrue();
    }

    @Test
    void sequence_of_a_message_is_a_whole_number() {
        assertThat(MessageHeaders.sequence(message("0"))).isZero();
        assertThat(MessageHeaders.sequence(message("999999999999999999"))).isEqualTo(999_999_999_999_999_999L);
        for (String wrong : List.of("", "-1", "+1", "1.0", "one", "1000000000000000000", "٣")) {
            assertThatThrownBy(() -> MessageHeaders.sequence(message(wrong)))
                    .as("sequence %s", wrong)
                    .isInstanceOf(UnreadableMessage.class)
                    .hasMessageStartingWith("header ce_sequence: ");
        }
    }

    @Test
    void what_has_not_moved_for_longer_than_claims_are_kept_is_forgotten() {
        advance(CONSUMER, "moves", 1);
        advance(CONSUMER, "rests", 1);
        jdbc.sql("UPDATE inbox_sequence SET advanced_at = now() - interval '45 days 1 minute'")
                .update();
        advance(CONSUMER, "moves", 2);

        assertThat(new InboxRetention(jdbc, Duration.ofDays(45), 10).runOnce()).isEqualTo(1);

        assertThat(jdbc.sql("SELECT subject FROM inbox_sequence")
                        .query(String.class)
                        .list())
                .containsExactly("moves");
    }

    private boolean advance(String consumer, String subject, long sequence) {
        return transaction.execute(_ -> sequences.advance(consumer, subject, sequence));
    }

    private static ConsumerRecord<byte[], byte[]> message(String sequence) {
        ConsumerRecord<byte[], byte[]> message = new ConsumerRecord<>("payment.events", 0, 0, null, null);
        message.headers().add("ce_sequence", sequence.getBytes(UTF_8));
        return message;
    }
}
