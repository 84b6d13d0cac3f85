package dev.wonflow.testsupport.server;

import java.util.concurrent.atomic.AtomicInteger;

/** What a PostgreSQL does for tests through its superuser alone, wherever it runs. */
abstract class PostgresBySql implements PostgresServer {

    static final String SUPERUSER = "postgres";
    static final String PASSWORD = "only-for-tests";

    private final AtomicInteger databases = new AtomicInteger();
    private final String host;
    private final int port;

    PostgresBySql(String host, int port) {
        this.host = host;
        this.port = port;
    }

    @Override
    public final TestDatabase createDatabase(String purpose) {
        if (!purpose.matches("[a-z][a-z0-9_]{0,39}")) {
            throw new IllegalArgumentException("purpose: " + purpose + " (expected: [a-z][a-z0-9_]{0,39})");
        }
        String name = purpose + "_" + databases.incrementAndGet();
        administration().execute("CREATE ROLE " + name + " LOGIN REPLICATION PASSWORD '" + PASSWORD + "'");
        administration().execute("CREATE DATABASE " + name + " OWNER " + name);
        return new TestDatabase(host, port, name, name, PASSWORD);
    }

    @Override
    public final TestDatabase administration() {
        return new TestDatabase(host, port, SUPERUSER, SUPERUSER, PASSWORD);
    }

    @Override
    public final void shut(String database) {
        String name = name(database);
        administration().execute("ALTER DATABASE " + name + " ALLOW_CONNECTIONS false");
        administration()
                .execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name + "'");
    }

    @Override
    public final void open(String database) {
        administration().execute("ALTER DATABASE " + name(database) + " ALLOW_CONNECTIONS true");
    }

    private static String name(String database) {
        return database.substring(database.lastIndexOf('/') + 1);
    }

    @Override
    public final void offerTls(String certificate, String key) {
        writeIntoDataFolder("server.crt", certificate);
        writeIntoDataFolder("server.key", key);
        administration().execute("ALTER SYSTEM SET ssl = on");
        administration().execute("SELECT pg_reload_conf()");
    }

    @Override
    public final void withdrawTls() {
        administration().execute("ALTER SYSTEM RESET ssl");
        administration().execute("SELECT pg_reload_conf()");
    }

    /** The server writes the file itself: it may run in a container, and it refuses a key of another user. */
    private void writeIntoDataFolder(String file, String pem) {
        String lines = "SELECT unnest(string_to_array('" + pem.strip() + "', E'\\n'))";
        administration().execute("COPY (" + lines + ") TO PROGRAM 'umask 077 && cat > " + file + "'");
    }
}
