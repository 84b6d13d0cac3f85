package dev.wonflow.testsupport.planted.clean.jdbc;

import dev.wonflow.testsupport.planted.clean.Mug;
import java.sql.Connection;
import java.sql.SQLException;

/** An adapter that breaks no rule: it knows the domain and SQL. */
public final class Mugs {
    public void save(Connection connection, Mug mug) throws SQLException {
        connection.setSchema(mug.filledAt().toString());
    }
}
