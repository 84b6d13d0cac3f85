package dev.wonflow.benchmarks.payments;

import dev.wonflow.benchmarks.bed.Database;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What PostgreSQL has done so far, by database.
 *
 * @param statements without BEGIN and COMMIT, and without the benchmark's own
 * @param commits transactions that services have opened; one statement alone is none
 * @param walBytes of all databases together
 */
public record Counts(Map<String, Long> statements, Map<String, Long> commits, long walBytes) {

    /** The benchmark marks what it asks by itself with {@code AS looked}. */
    private static final String CALLS = """
            SELECT datname, coalesce(sum(calls), 0)::bigint AS looked
            FROM pg_stat_statements JOIN pg_database ON pg_database.oid = dbid
            WHERE query %s AND query !~ ' AS looked' GROUP BY datname
            """;

    public static Counts read(Database database) throws SQLException {
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            var statements = new LinkedHashMap<String, Long>();
            try (var rows = statement.executeQuery(CALLS.formatted("!~ '^(BEGIN|COMMIT|ROLLBACK|SET |SHOW )'"))) {
                while (rows.next()) {
                    statements.put(rows.getString(1), rows.getLong(2));
                }
            }
            var commits = new LinkedHashMap<String, Long>();
            try (var rows = statement.executeQuery(CALLS.formatted("~ '^BEGIN'"))) {
                while (rows.next()) {
                    commits.put(rows.getString(1), rows.getLong(2));
                }
            }
            try (var rows = statement.executeQuery(
                    "SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint AS looked")) {
                rows.next();
                return new Counts(statements, commits, rows.getLong(1));
            }
        }
    }

    /** What was done since, for each of {@code items}, by all services that have data. */
    PerItem since(Counts earlier, int items) {
        return since(earlier, items, Services.DATABASES);
    }

    /** The same in some databases. */
    public PerItem since(Counts earlier, int items, List<String> databases) {
        return new PerItem(
                perItem(statements, earlier.statements, items, databases),
                perItem(commits, earlier.commits, items, databases),
                (double) (walBytes - earlier.walBytes) / items);
    }

    private static Map<String, Double> perItem(
            Map<String, Long> now, Map<String, Long> earlier, int items, List<String> databases) {
        var perItem = new LinkedHashMap<String, Double>();
        for (String database : databases) {
            long more = now.getOrDefault(database, 0L) - earlier.getOrDefault(database, 0L);
            perItem.put(database, (double) more / items);
        }
        return perItem;
    }

    /** The same for one checkout, confirm or charge. */
    public record PerItem(Map<String, Double> statements, Map<String, Double> commits, double walBytes) {

        double allStatements() {
            return statements.values().stream().mapToDouble(Double::doubleValue).sum();
        }

        double allCommits() {
            return commits.values().stream().mapToDouble(Double::doubleValue).sum();
        }
    }
}
