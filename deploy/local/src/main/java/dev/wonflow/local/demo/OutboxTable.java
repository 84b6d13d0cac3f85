package dev.wonflow.local.demo;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;

/** The outbox of a service, read beside it: what it promised to publish. */
public final class OutboxTable {

    private final String jdbcUrl;
    private final String user;

    /**
     * Creates it.
     *
     * @param user owner of the database; in the local stack the password is the same
     */
    public OutboxTable(String jdbcUrl, String user) {
        this.jdbcUrl = jdbcUrl;
        this.user = user;
    }

    /** Ids of the events of one aggregate. */
    public Set<String> ids(String aggregateId) throws SQLException {
        try (Connection connection = DriverManager.getConnection(jdbcUrl, user, user);
                PreparedStatement statement =
                        connection.prepareStatement("SELECT id::text FROM outbox WHERE aggregateid = ?")) {
            statement.setString(1, aggregateId);
            Set<String> ids = new HashSet<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    ids.add(rows.getString(1));
                }
            }
            return ids;
        }
    }
}
