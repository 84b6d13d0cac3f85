package dev.wonflow.benchmarks.work;

import java.time.Duration;
import java.util.Collection;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What an item leaves behind: one row, so that none is forgotten and none counted twice. */
final class Effects {

    static final String TABLE = "CREATE TABLE effect (id text NOT NULL)";

    private final JdbcClient jdbc;

    Effects(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void leave(String id) {
        jdbc.sql("INSERT INTO effect VALUES (?)").param(id).update();
    }

    void leaveAll(Collection<String> ids) {
        jdbc.sql("INSERT INTO effect SELECT unnest(CAST(:ids AS text[]))")
                .param("ids", ids.toArray(String[]::new))
                .update();
    }

    static void call(Duration call) {
        if (call.isPositive()) {
            try {
                Thread.sleep(call);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("cut", e);
            }
        }
    }
}
