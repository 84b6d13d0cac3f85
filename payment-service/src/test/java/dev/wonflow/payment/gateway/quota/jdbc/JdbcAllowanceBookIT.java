package dev.wonflow.payment.gateway.quota.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wonflow.payment.PaymentDatabase;
import dev.wonflow.payment.gateway.Merchant;
import dev.wonflow.payment.gateway.quota.QuotaProperties;
import dev.wonflow.payment.gateway.quota.TossQuota;
import dev.wonflow.payment.gateway.quota.Use;
import dev.wonflow.work.SystemAlarm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JdbcAllowanceBookIT {

    private static PaymentDatabase database;

    @BeforeAll
    static void createTables() {
        database = new PaymentDatabase();
    }

    @BeforeEach
    void fillUp() {
        database.server.execute("UPDATE toss_quota SET filled_at = 'epoch', calls = 0, required = 0, hinted = 0");
    }

    @Test
    void instances_that_ask_at_once_get_together_no_more_than_there_is() throws Exception {
        List<CompletableFuture<Optional<Use>>> answers = new ArrayList<>();
        try (var blocker = database.server.connect()) {
            blocker.setAutoCommit(false);
            blocker.createStatement().execute("SELECT * FROM toss_quota FOR UPDATE");
            for (int i = 0; i < 30; i++) {
                answers.add(CompletableFuture.supplyAsync(
                        () -> instance().take(Set.of(Use.REQUIRED)),
                        task -> Thread.ofVirtual().start(task)));
            }
            // All of them have read nothing yet and wait for the one row.
            await().atMost(Duration.ofSeconds(30)).until(() -> waiting() == 30);
            blocker.rollback();
        }

        assertThat(answers.stream().filter(answer -> answer.join().isPresent())).hasSizeBetween(10, 12);
    }

    @Test
    void what_comes_in_follows_the_clock_of_the_database() {
        TossQuota quota = instance();
        while (quota.take(Set.of(Use.REQUIRED)).isPresent()) {
            database.server.execute("UPDATE toss_quota SET filled_at = clock_timestamp()");
        }

        database.server.execute("UPDATE toss_quota SET required = 0, filled_at = clock_timestamp() - interval '4 s'");
        assertThat(quota.take(Set.of(Use.REQUIRED))).contains(Use.REQUIRED);

        database.server.execute("UPDATE toss_quota SET required = 0, filled_at = clock_timestamp() + interval '1 h'");
        assertThat(quota.take(Set.of(Use.REQUIRED))).isEmpty();
    }

    @Test
    void what_one_instance_was_told_by_toss_the_other_knows() {
        TossQuota told = instance();
        told.turnedAway();
        told.take(Set.of());

        assertThat(instance().take(Set.of(Use.REQUIRED, Use.HINTED))).isEmpty();
    }

    private static long waiting() {
        return database.jdbc
                .sql("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = ?")
                .param(database.server.name())
                .query(Long.class)
                .single();
    }

    private static TossQuota instance() {
        return new TossQuota(
                new JdbcAllowanceBook(database.jdbc, database.transaction),
                new QuotaProperties(null, 30, 20, Duration.ofSeconds(10)),
                new Merchant("a_client_key", false),
                new SystemAlarm());
    }
}
