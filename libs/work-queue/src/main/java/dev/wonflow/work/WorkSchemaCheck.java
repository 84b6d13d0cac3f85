package dev.wonflow.work;

import dev.wonflow.runtime.schema.LibraryTable;
import dev.wonflow.runtime.schema.LibraryTable.Increment;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/** Compares the tables with what this library uses, so that a forgotten migration stops the start. */
final class WorkSchemaCheck {

    private static final String FIRST = "dev/wonflow/work/0001__work.sql";

    private static final List<LibraryTable> TABLES = List.of(
            new LibraryTable(
                    "work",
                    List.of(new Increment(
                            FIRST,
                            List.of(
                                    "kind text",
                                    "id text",
                                    "number bigint",
                                    "key text",
                                    "priority smallint",
                                    "due_at timestamp with time zone",
                                    "payload text",
                                    "traceparent text",
                                    "revision bigint",
                                    "attempt bigint",
                                    "failures integer",
                                    "leased_until timestamp with time zone")))),
            new LibraryTable(
                    "work_pause",
                    List.of(new Increment(
                            FIRST, List.of("kind text", "reason text", "paused_at timestamp with time zone")))));

    private final JdbcTemplate jdbc;

    WorkSchemaCheck(DataSource database) {
        this.jdbc = new JdbcTemplate(database);
    }

    /**
     * Looks once.
     *
     * @throws IllegalStateException with the first difference
     */
    void run() {
        jdbc.execute((ConnectionCallback<@Nullable Void>) connection -> {
            for (LibraryTable table : TABLES) {
                table.check(connection);
            }
            return null;
        });
    }
}
