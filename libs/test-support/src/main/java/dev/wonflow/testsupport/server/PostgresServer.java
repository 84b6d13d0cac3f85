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

    /**
     * Ends all connections to a database and refuses new ones, as if its server were away.
     *
     * @param database name of the database, or its JDBC address
     */
    void shut(String database);

    /** Lets connections in again. */
    void open(String database);

    /**
     * Accepts encrypted connections, too; it takes the server a moment.
     *
     * @param certificate in PEM
     * @param key the certificate's private key, in PEM
     */
    void offerTls(String certificate, String key);

    /** Accepts no new encrypted connection, after a moment. */
    void withdrawTls();

    /** Stops the server, connected clients or not, and removes its data. */
    void stop();
}
