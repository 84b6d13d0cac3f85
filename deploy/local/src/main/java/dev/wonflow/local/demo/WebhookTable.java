package dev.wonflow.local.demo;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What payment-service made of each webhook, read beside it. */
final class WebhookTable {

    private static final String OUTCOMES =
            "SELECT outcome FROM toss_webhook_all WHERE order_id = ? AND outcome IS NOT NULL ORDER BY id";

    private final String jdbcUrl;
    private final String user;

    WebhookTable(String jdbcUrl, String user) {
        this.jdbcUrl = jdbcUrl;
        this.user = user;
    }

    /** What became of each webhook about an order; one that is still being worked on is left out. */
    List<String> outcomes(String orderId) throws SQLException {
        try (Connection connection = DriverManager.getConnection(jdbcUrl, user, user);
                PreparedStatement statement = connection.prepareStatement(OUTCOMES)) {
            statement.setString(1, orderId);
            List<String> outcomes = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    outcomes.add(rows.getString(1));
                }
            }
            return outcomes;
        }
    }
}
