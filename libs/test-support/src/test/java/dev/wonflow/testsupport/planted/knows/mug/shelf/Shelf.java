package dev.wonflow.testsupport.planted.knows.mug.shelf;

import java.sql.Connection;
import java.sql.SQLException;

/** An adapter: it knows SQL. */
public final class Shelf {
    public void commit(Connection connection) throws SQLException {
        connection.commit();
    }
}
