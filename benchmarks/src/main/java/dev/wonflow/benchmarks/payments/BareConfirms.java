package dev.wonflow.benchmarks.payments;

import dev.wonflow.benchmarks.bed.AtOnce;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The limit of a confirm: its statements about the same tables in the same two transactions, each client with a
 * connection of its own, and no HTTP, no Toss and no service around them. The tables are those of payment-service, so
 * its relay carries what is written, and consumers pass over it as a type they do not know.
 */
final class BareConfirms implements AutoCloseable {

    private static final String FIND_ATTEMPT = "SELECT payment_key, payment_id, order_id, amount_won, started_at"
            + " FROM payment_attempt WHERE payment_key = ?";
    private static final String FIND = "SELECT * FROM payment WHERE order_id = ?";
    private static final String CONFIRMING = "UPDATE payment SET status = 'CONFIRMING', payment_key = ?,"
            + " changed_at = now(), version = version + 1 WHERE id = ? AND version = 1";
    private static final String AUDIT = "INSERT INTO audit_entry (id, at, tenant_id, subject, client, action, object,"
            + " before, after) VALUES (?, now(), 'acme', 'acme-shop', 'acme-shop', 'payment.confirm', ?,"
            + " '{\"status\":\"REQUESTED\",\"orderId\":\"0198a7c0-0000-7000-8000-000000000000\",\"amount\":33000,\"version\":1}',"
            + " '{\"status\":\"CONFIRMING\",\"orderId\":\"0198a7c0-0000-7000-8000-000000000000\",\"amount\":33000,\"version\":2}')";
    private static final String ATTEMPT = "INSERT INTO payment_attempt (payment_key, payment_id, order_id, amount_won,"
            + " idempotency_key, started_at) VALUES (?, ?, ?, 33000, ?, now())";
    private static final String PLAN = "INSERT INTO work (kind, id, key, priority, due_at)"
            + " VALUES ('status-check.required', ?, ?, 1, now() + interval '10 minutes')";
    private static final String HOLD = "SELECT * FROM payment WHERE id = ? FOR UPDATE";
    private static final String PAID = "UPDATE payment SET status = 'PAID', method = '카드', balance_won = 33000,"
            + " approved_at = now(), changed_at = now(), version = version + 1 WHERE id = ? AND version = 2";
    private static final String POST = "WITH entry AS (INSERT INTO ledger_entry (id, payment_id, payment_version, kind,"
            + " tenant_id, livemode, amount_won, happened_at) VALUES (?, ?, 3, 'CAPTURED', 'acme', false, 33000, now())"
            + " RETURNING id) INSERT INTO ledger_posting (entry_id, account, amount_won) SELECT id, account, won"
            + " FROM entry, (VALUES ('PG_RECEIVABLE', 33000), ('CUSTOMER_CLEARING', -33000)) AS posting (account, won)";
    private static final String EVENT = "INSERT INTO outbox (id, aggregatetype, aggregateid, type, sequence, tenant_id,"
            + " occurred_at, payload) VALUES (?, 'payment.events', ?, 'benchmark.paid.v1', 3, 'acme', now(), ?)";
    private static final String NOTE =
            "UPDATE payment_attempt SET outcome = 'PAID', noted_at = now() WHERE payment_key = ?";
    private static final String DONE = "DELETE FROM work WHERE kind = 'status-check.required' AND id = ?";

    private final BlockingQueue<Client> clients = new LinkedBlockingQueue<>();
    private final List<Open> payments;
    private final int count;

    private BareConfirms(List<Open> payments, int count) {
        this.payments = payments;
        this.count = count;
    }

    /** A payment that waits for its buyer. */
    private record Open(UUID id, String orderId) {}

    /**
     * Opens connections, and finds payments to be confirmed.
     *
     * @throws IllegalStateException if there are fewer of them
     */
    static BareConfirms prepare(String url, int clients, int count) throws SQLException {
        List<Open> open = new ArrayList<>();
        try (var connection = DriverManager.getConnection(url);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(
                        "SELECT id, order_id AS looked FROM payment WHERE status = 'REQUESTED' LIMIT " + count)) {
            while (rows.next()) {
                open.add(new Open(rows.getObject(1, UUID.class), rows.getString(2)));
            }
        }
        if (open.size() < count) {
            throw new IllegalStateException("payments requested: " + open.size() + " (expected: " + count + ")");
        }
        var bare = new BareConfirms(open, count);
        for (int i = 0; i < clients; i++) {
            bare.clients.add(new Client(url));
        }
        return bare;
    }

    /** Confirms all. */
    void run() throws InterruptedException {
        AtOnce.each(clients.size(), count, i -> {
            Client client = clients.remove();
            try {
                client.confirm(payments.get(i));
            } catch (SQLException e) {
                throw new IllegalStateException("bare confirm", e);
            } finally {
                clients.add(client);
            }
        });
    }

    @Override
    public void close() throws SQLException {
        for (Client client : clients) {
            client.connection.close();
        }
    }

    private static final class Client {

        private final Connection connection;

        Client(String url) throws SQLException {
            this.connection = DriverManager.getConnection(url);
            connection.setAutoCommit(false);
        }

        void confirm(Open payment) throws SQLException {
            String key = "bare-" + payment.id();
            read(FIND_ATTEMPT, key);
            read(FIND, payment.orderId());
            write(CONFIRMING, key, payment.id());
            write(AUDIT, id("audit", payment), payment.id().toString());
            write(ATTEMPT, key, payment.id(), payment.orderId(), key);
            write(PLAN, payment.id().toString(), payment.id().toString());
            connection.commit();
            read(HOLD, payment.id());
            write(PAID, payment.id());
            write(POST, id("entry", payment), payment.id());
            write(EVENT, id("event", payment), payment.orderId(), body(payment, key));
            write(NOTE, key);
            write(DONE, payment.id().toString());
            connection.commit();
        }

        /** There is one row of a kind for each payment. */
        private static UUID id(String kind, Open payment) {
            return UUID.nameUUIDFromBytes((kind + payment.id()).getBytes(StandardCharsets.UTF_8));
        }

        /** As long as the event of a real confirm. */
        private static String body(Open payment, String key) {
            return """
                {"paymentId":"%s","orderId":"%s","tenantId":"acme","amount":33000,"currency":"KRW","livemode":false,\
                "plan":null,"paymentKey":"%s","method":"카드","approvedAt":"2026-01-05T03:00:00Z"}""".formatted(payment.id(), payment.orderId(), key);
        }

        private void read(String sql, Object... parameters) throws SQLException {
            try (PreparedStatement statement = statement(sql, parameters);
                    var rows = statement.executeQuery()) {
                rows.next();
            }
        }

        private void write(String sql, Object... parameters) throws SQLException {
            try (PreparedStatement statement = statement(sql, parameters)) {
                if (statement.executeUpdate() < 1) {
                    throw new SQLException(sql + ": changed nothing");
                }
            }
        }

        private PreparedStatement statement(String sql, Object... parameters) throws SQLException {
            PreparedStatement statement = connection.prepareStatement(sql);
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            return statement;
        }
    }
}
