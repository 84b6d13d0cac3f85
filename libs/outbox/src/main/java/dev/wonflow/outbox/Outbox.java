package dev.wonflow.outbox;

import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Appends messages to the outbox table. The relay reads them from the write-ahead log. */
public final class Outbox {

    private static final String INSERT = """
        INSERT INTO outbox (id, aggregatetype, aggregateid, type, sequence, tenant_id, occurred_at, payload)
        VALUES (:id, :topic, :key, :type, :sequence, :tenantId, :occurredAt, :payload)
        """;

    private final JdbcClient jdbc;

    public Outbox(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Appends in the caller's transaction: the message will be published if, and only if, that transaction commits.
     *
     * @throws IllegalStateException if no transaction is open; without one the promise above would be empty
     */
    public void append(OutboxMessage message) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("outbox message " + message.type() + " " + message.id()
                    + ": no transaction is open (expected: the one that changes the state)");
        }
        jdbc.sql(INSERT)
                .param("id", message.id())
                .param("topic", message.topic())
                .param("key", message.key())
                .param("type", message.type())
                .param("sequence", message.sequence())
                .param("tenantId", message.tenantId())
                .param("occurredAt", message.occurredAt().atOffset(ZoneOffset.UTC))
                .param("payload", message.payload())
                .update();
    }
}
