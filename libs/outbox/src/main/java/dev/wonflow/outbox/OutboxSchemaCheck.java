package dev.wonflow.outbox;

import java.util.List;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Compares the outbox table with what this library writes, so that a forgotten migration stops the start. */
final class OutboxSchemaCheck {

    private static final List<String> EXPECTED = List.of(
            "id uuid",
            "aggregatetype text",
            "aggregateid text",
            "type text",
            "sequence bigint",
            "tenant_id text",
            "occurred_at timestamp with time zone",
            "payload text",
            "appended_at timestamp with time zone");

    private static final String COLUMNS = """
        SELECT attname || ' ' || format_type(atttypid, atttypmod)
        FROM pg_attribute
        WHERE attrelid = to_regclass('outbox') AND attnum > 0 AND NOT attisdropped
        ORDER BY attnum
        """;

    private static final String PARTITIONING = """
        SELECT pg_get_partkeydef(partrelid) || CASE WHEN partdefid = 0 THEN '' ELSE ' with default' END
        FROM pg_partitioned_table
        WHERE partrelid = to_regclass('outbox')
        """;

    private final JdbcClient jdbc;

    OutboxSchemaCheck(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Looks once.
     *
     * @throws IllegalStateException naming every difference
     */
    void run() {
        List<String> columns =
                jdbc.sql(COLUMNS).query((row, _) -> row.getString(1)).list();
        if (columns.isEmpty()) {
            throw new IllegalStateException("table outbox: not found (expected: a migration with the reference DDL"
                    + " dev/wonflow/outbox/outbox.sql)");
        }
        if (!columns.equals(EXPECTED)) {
            throw new IllegalStateException("table outbox: columns " + difference(columns, EXPECTED)
                    + " not expected, columns " + difference(EXPECTED, columns)
                    + " missing (expected: as in dev/wonflow/outbox/outbox.sql, in that order)");
        }
        String partitioning =
                jdbc.sql(PARTITIONING).query(String.class).optional().orElse("none");
        if (!partitioning.equals("RANGE (appended_at) with default")) {
            throw new IllegalStateException("table outbox: partitioning " + partitioning
                    + " (expected: RANGE (appended_at) with a default partition)");
        }
    }

    private static String difference(List<String> some, List<String> others) {
        return some.stream().filter(column -> !others.contains(column)).collect(Collectors.joining(", ", "[", "]"));
    }
}
