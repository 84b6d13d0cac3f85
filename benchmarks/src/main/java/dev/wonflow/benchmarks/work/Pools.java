package dev.wonflow.benchmarks.work;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.wonflow.benchmarks.bed.Database;

/** A connection pool for one instance, the same for every contender. */
final class Pools {

    private static final int CONNECTIONS = 10;

    private Pools() {}

    static HikariDataSource open(Database database) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(database.url());
        config.setMaximumPoolSize(CONNECTIONS);
        return new HikariDataSource(config);
    }
}
