package dev.wonflow.incidents;

import dev.wonflow.runtime.schema.LibraryTable;
import dev.wonflow.runtime.schema.LibraryTable.Increment;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/** Compares the table with what this library writes, so that a forgotten migration stops the start. */
final class IncidentSchemaCheck {

    private static final LibraryTable REPORTED_INCIDENT = new LibraryTable(
            "reported_incident",
            List.of(new Increment(
                    "dev/wonflow/incidents/0001__reported_incident.sql",
                    List.of(
                            "about text",
                            "kind text",
                            "tenant_id text",
                            "detail text",
                            "times bigint",
                            "first_at timestamp with time zone",
                            "last_at timestamp with time zone"))));

    private final JdbcTemplate jdbc;

    IncidentSchemaCheck(DataSource database) {
        this.jdbc = new JdbcTemplate(database);
    }

    /**
     * Looks once.
     *
     * @throws IllegalStateException with the first difference
     */
    void run() {
        jdbc.execute((ConnectionCallback<@Nullable Void>) connection -> {
            REPORTED_INCIDENT.check(connection);
            return null;
        });
    }
}
