package dev.wonflow.benchmarks.work;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.zaxxer.hikari.HikariDataSource;
import dev.wonflow.benchmarks.bed.Database;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** db-scheduler with the strategy its author recommends for throughput: lock and fetch, many at once. */
final class DbScheduler implements Contender {

    private final Database database;

    DbScheduler(Database database) {
        this.database = database;
    }

    @Override
    public String name() {
        return "db-scheduler";
    }

    @Override
    public String table() {
        return "scheduled_tasks";
    }

    @Override
    public String tables() {
        return """
            CREATE TABLE scheduled_tasks (
                task_name            text        NOT NULL,
                task_instance        text        NOT NULL,
                task_data            bytea,
                execution_time       timestamptz NOT NULL,
                picked               boolean     NOT NULL,
                picked_by            text,
                last_success         timestamptz,
                last_failure         timestamptz,
                consecutive_failures integer,
                last_heartbeat       timestamptz,
                version              bigint      NOT NULL,
                priority             smallint,
                PRIMARY KEY (task_name, task_instance)
            );
            CREATE INDEX execution_time_idx ON scheduled_tasks (execution_time);
            CREATE INDEX last_heartbeat_idx ON scheduled_tasks (last_heartbeat);
            """;
    }

    @Override
    public String plan(int items) {
        return "INSERT INTO scheduled_tasks (task_name, task_instance, execution_time, picked, version)"
                + " SELECT 'charge', 'item-' || i, now(), false, 1 FROM generate_series(1, " + items + ") AS i";
    }

    @Override
    public Running start(int instances, Duration call) {
        List<Instance> running = new ArrayList<>();
        for (int i = 0; i < instances; i++) {
            running.add(new Instance(Pools.open(database), "instance-" + i, call));
        }
        return () -> running.forEach(Instance::close);
    }

    private static final class Instance {

        private final HikariDataSource pool;
        private final Scheduler scheduler;

        private Instance(HikariDataSource pool, String name, Duration call) {
            this.pool = pool;
            Effects effects = new Effects(JdbcClient.create(pool));
            OneTimeTask<Void> charge = Tasks.oneTime("charge").execute((item, _) -> {
                Effects.call(call);
                effects.leave(item.getId());
            });
            this.scheduler = Scheduler.create(pool, charge)
                    .schedulerName(new SchedulerName.Fixed(name))
                    .threads(AT_ONCE)
                    .pollUsingLockAndFetch(0.5, 4.0)
                    .pollingInterval(Duration.ofMillis(100))
                    .build();
            scheduler.start();
        }

        private void close() {
            scheduler.stop();
            pool.close();
        }
    }
}
