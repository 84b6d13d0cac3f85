package dev.wonflow.benchmarks.work;

import com.zaxxer.hikari.HikariDataSource;
import dev.wonflow.benchmarks.bed.Database;
import dev.wonflow.runtime.SystemClock;
import dev.wonflow.runtime.trace.Trace;
import dev.wonflow.work.Claim;
import dev.wonflow.work.WorkBackOff;
import dev.wonflow.work.WorkHandler;
import dev.wonflow.work.WorkKind;
import dev.wonflow.work.WorkQueue;
import dev.wonflow.work.WorkTable;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * {@code libs/work-queue}: claims in batches, results settled in batches, one transaction for an effect and its end.
 */
final class OwnQueue implements Contender {

    private static final WorkKind CHARGE = WorkKind.named("charge");
    private static final Clock CLOCK = SystemClock.inSeoul();

    private static final WorkQueue.Settings SETTINGS = new WorkQueue.Settings(
            AT_ONCE,
            200,
            Duration.ofMinutes(1),
            Duration.ofMillis(100),
            Duration.ofMillis(20),
            new WorkBackOff(Duration.ofSeconds(1), Duration.ofMinutes(1)),
            Duration.ofSeconds(5));

    private final Database database;

    OwnQueue(Database database) {
        this.database = database;
    }

    @Override
    public String name() {
        return "work queue";
    }

    @Override
    public String table() {
        return "work";
    }

    @Override
    public String tables() {
        try (InputStream ddl = Objects.requireNonNull(
                WorkTable.class.getResourceAsStream("/dev/wonflow/work/0001__work.sql"), "0001__work.sql")) {
            return new String(ddl.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String plan(int items) {
        return "INSERT INTO work (kind, id, due_at) SELECT 'charge', 'item-' || i, now() FROM generate_series(1, "
                + items + ") AS i";
    }

    @Override
    public Running start(int instances, Duration call) {
        List<Instance> running = new ArrayList<>();
        for (int i = 0; i < instances; i++) {
            running.add(new Instance(Pools.open(database), call));
        }
        return () -> running.forEach(Instance::close);
    }

    private static final class Instance {

        private final HikariDataSource pool;
        private final WorkQueue<String> queue;

        private Instance(HikariDataSource pool, Duration call) {
            this.pool = pool;
            JdbcClient jdbc = JdbcClient.create(pool);
            TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(pool));
            this.queue = new WorkQueue<>(
                    CHARGE,
                    new Charges(new Effects(jdbc), call),
                    new WorkTable(jdbc, transaction, CLOCK, Trace.passedOn()),
                    transaction,
                    SETTINGS,
                    CLOCK,
                    new SplittableRandom(42),
                    new SimpleMeterRegistry());
            queue.start();
        }

        private void close() {
            queue.stop();
            pool.close();
        }
    }

    private record Charges(Effects effects, Duration call) implements WorkHandler<String> {

        @Override
        public String work(Claim item) {
            Effects.call(call);
            return item.id();
        }

        @Override
        public void settle(List<Done<String>> done) {
            effects.leaveAll(done.stream().map(Done::result).toList());
        }
    }
}
