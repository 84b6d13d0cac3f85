package dev.wonflow.testsupport.planted.domain;

import java.sql.Connection;
import java.sql.SQLException;

/** A domain class that depends on SQL. */
final class TalksSql {
    void commit(Connection connection) throws SQLException {
        connection.commit();
    }
}
