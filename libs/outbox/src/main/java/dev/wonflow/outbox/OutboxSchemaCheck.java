package dev.wonflow.outbox;

import dev.wonflow.runtime.schema.LibraryTable;
import dev.wonflow.runtime.schema.LibraryTable.Increment;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/** Compares the outbox table with what this library writes, so that a forgotten migration stops the start. */
final class OutboxSchemaCheck {

    /** Without the column for traces, which this library adds itself. */
    private static final LibraryTable OUTBOX = new LibraryTable(
            "outbox",
            List.of(new Increment(
                    "dev/wonflow/outbox/0001__outbox.sql",
                    List.of(
                            "id uuid",
                            "aggregatetype text",
                            "aggregateid text",
                            "type text",
                            "sequence bigint",
                            "tenant_id text",
                            "occurred_at timestamp with time zone",
                            "payload text",
                            "appended_at timestamp with time zone"))));

    private static final String PARTITIONING = """
        SELECT pg_get_partkeydef(partrelid) || CASE WHEN partdefid = 0 THEN '' ELSE ' with default' END
        FROM pg_partitioned_table
        WHERE partrelid = to_regclass('outbox')
        """;

    private final JdbcTemplate jdbc;

    OutboxSchemaCheck(DataSource database) {
        this.jdbc = new JdbcTemplate(database);
    }

    /**
     * Looks once.
     *
     * @throws IllegalStateException with the first difference
     */
    void run() {
        jdbc.execute((ConnectionCallback<@Nullable Void>) connection -> {
            OUTBOX.check(connection);
            return null;
        });
        String partitioning = jdbc.queryForList(PARTITIONING, String.class).stream()
                .findFirst()
                .orElse("none");
        if (!partitioning.equals("RANGE (appended_at) with default")) {
            throw new IllegalStateException("table outbox: partitioning " + partitioning
                    + " (expected: RANGE (appended_at) with a default partition)");
        }
    }
}
