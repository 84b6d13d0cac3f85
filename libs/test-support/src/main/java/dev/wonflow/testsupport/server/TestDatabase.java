package dev.wonflow.testsupport.server;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A database and who may use it.
 *
 * @param username owner of the database
 * @param password of the owner; a word of the tests, not a secret
 */
public record TestDatabase(String host, int port, String name, String username, String password) {

    public String url() {
        return "jdbc:postgresql://" + host + ":" + port + "/" + name;
    }

    /** Opens a new connection; the caller closes it. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url(), username, password);
    }

    /** Opens a new connection for each request, so nothing lingers when a test forgets to close it. */
    public DataSource dataSource() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url());
        source.setUser(username);
        source.setPassword(password);
        return source;
    }

    /** Runs SQL outside any transaction of the test. */
    public void execute(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException("database " + name + ": " + sql, e);
        }
    }
}
