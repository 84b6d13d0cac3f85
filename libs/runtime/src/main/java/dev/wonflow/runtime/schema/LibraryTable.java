package dev.wonflow.runtime.schema;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A table that a service owns and a library uses: what the library needs of it, in the order in which it came to need
 * it. The table may have more, so that of two versions of a service on one database the older one goes on working.
 *
 * @param name as the connection's search path finds it
 * @param increments the files of the library's reference DDL, oldest first
 */
public record LibraryTable(String name, List<Increment> increments) {

    private static final String COLUMNS = """
        SELECT attname, format_type(atttypid, atttypmod),
               attnotnull AND NOT atthasdef AND attidentity = '' AND attgenerated = ''
        FROM pg_attribute
        WHERE attrelid = to_regclass(?) AND attnum > 0 AND NOT attisdropped
        ORDER BY attnum
        """;

    /**
     * A file of reference DDL, which a migration of the service contains word for word.
     *
     * @param reference its name on the class path
     * @param columns what it adds, each with its type as PostgreSQL writes it, such as {@code payload text}
     */
    public record Increment(String reference, List<String> columns) {}

    /**
     * Compares the table with what the library needs.
     *
     * @throws IllegalStateException with the first difference, and the increment that mends it
     */
    public void check(Connection connection) throws SQLException {
        Map<String, Column> found = columns(connection);
        if (found.isEmpty()) {
            throw new IllegalStateException("table " + name + ": not found (expected: a migration with "
                    + increments.getFirst().reference() + ")");
        }
        for (Increment increment : increments) {
            for (String needed : increment.columns()) {
                int space = needed.indexOf(' ');
                check(needed.substring(0, space), needed.substring(space + 1), increment, found);
            }
        }
        found.forEach((column, as) -> {
            if (as.isDemanded() && !isKnown(column)) {
                throw new IllegalStateException("table " + name + ": column " + column
                        + " demands a value and is not known to this version (expected: one that may be null, or with a"
                        + " default)");
            }
        });
    }

    private void check(String column, String type, Increment increment, Map<String, Column> found) {
        Column as = found.get(column);
        if (as == null) {
            throw new IllegalStateException("table " + name + ": no column " + column + " (expected: a migration with "
                    + increment.reference() + ")");
        }
        if (!as.type().equals(type)) {
            throw new IllegalStateException("table " + name + ": column " + column + " is " + as.type() + " (expected: "
                    + type + ", as in " + increment.reference() + ")");
        }
    }

    private boolean isKnown(String column) {
        return increments.stream()
                .flatMap(increment -> increment.columns().stream())
                .anyMatch(known -> known.startsWith(column + " "));
    }

    private Map<String, Column> columns(Connection connection) throws SQLException {
        Map<String, Column> columns = new LinkedHashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(COLUMNS)) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    columns.put(row.getString(1), new Column(row.getString(2), row.getBoolean(3)));
                }
            }
        }
        return columns;
    }

    private record Column(String type, boolean isDemanded) {}
}
