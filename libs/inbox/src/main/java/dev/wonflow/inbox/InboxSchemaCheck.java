package dev.wonflow.inbox;

import dev.wonflow.runtime.schema.LibraryTable;
import dev.wonflow.runtime.schema.LibraryTable.Increment;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/** Compares the tables with what this library writes, so that a forgotten migration stops the start. */
final class InboxSchemaCheck implements InitializingBean {

    private static final List<LibraryTable> TABLES = List.of(
            new LibraryTable(
                    "inbox",
                    List.of(new Increment(
                            "dev/wonflow/inbox/0001__inbox.sql",
                            List.of("consumer text", "message_id text", "claimed_at timestamp with time zone")))),
            new LibraryTable(
                    "inbox_sequence",
                    List.of(new Increment(
                            "dev/wonflow/inbox/0002__inbox_sequence.sql",
                            List.of(
                                    "consumer text",
                                    "subject text",
                                    "sequence bigint",
                                    "advanced_at timestamp with time zone")))));

    private final JdbcTemplate jdbc;

    InboxSchemaCheck(DataSource database) {
        this.jdbc = new JdbcTemplate(database);
    }

    /**
     * Looks once.
     *
     * @throws IllegalStateException with the first difference
     */
    @Override
    public void afterPropertiesSet() {
        jdbc.execute((ConnectionCallback<@Nullable Void>) connection -> {
            for (LibraryTable table : TABLES) {
                table.check(connection);
            }
            return null;
        });
    }
}
