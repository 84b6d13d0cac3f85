package dev.wonflow.testsupport.server;

/** A running PostgreSQL. */
public interface PostgresServer {

    /**
     * Creates an empty database with an owner of its own, who may log in and replicate, as a service's role may.
     *
     * @param purpose lower-case letters, digits and underscores, at most 40; the name starts with it and ends in a
     *     number
     */
    TestDatabase createDatabase(String purpose);

    /** The {@code postgres} database as its superuser, for what a service's role must not do. */
    TestDatabase administration();

    /** Stops the server, connected clients or not, and removes its data. */
    void stop();
}
