package dev.wonflow.testsupport.planted.beside;

import java.sql.Connection;
import java.sql.SQLException;

/** SQL in the root of a service. */
final class Loose {
    void commit(Connection connection) throws SQLException {
        connection.commit();
    }
}
