package dev.wonflow.outbox;

import dev.wonflow.runtime.trace.Trace;
import dev.wonflow.runtime.trace.Traceparent;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Appends messages to the outbox table. The relay reads them from the write-ahead log. */
public final class Outbox {

    private static final String INSERT = """
        INSERT INTO outbox
            (id, aggregatetype, aggregateid, type, sequence, tenant_id, occurred_at, payload)
        VALUES (:id, :topic, :key, :type, :sequence, :tenantId, :occurredAt, :payload)
        """;

    private static final String INSERT_TRACED = """
        INSERT INTO outbox
            (id, aggregatetype, aggregateid, type, sequence, tenant_id, occurred_at, payload, traceparent)
        VALUES (:id, :topic, :key, :type, :sequence, :tenantId, :occurredAt, :payload, :traceparent)
        """;

    private final JdbcClient jdbc;
    private final Trace trace;
    private final TraceparentColumn column;

    Outbox(JdbcClient jdbc, Trace trace, TraceparentColumn column) {
        this.jdbc = jdbc;
        this.trace = trace;
        this.column = column;
    }

    /**
     * Appends in the caller's transaction: the message will be published if, and only if, that transaction commits. It
     * carries the trace that the caller's work belongs to, if there is one and the table has a column for it.
     *
     * @throws IllegalStateException if no transaction is open; without one the promise above would be empty
     */
    public void append(OutboxMessage message) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("outbox message " + message.type() + " " + message.id()
                    + ": no transaction is open (expected: the one that changes the state)");
        }
        Optional<Traceparent> cause = column.isThere() ? trace.current() : Optional.empty();
        JdbcClient.StatementSpec insert = jdbc.sql(cause.isPresent() ? INSERT_TRACED : INSERT)
                .param("id", message.id())
                .param("topic", message.topic())
                .param("key", message.key())
                .param("type", message.type())
                .param("sequence", message.sequence())
                .param("tenantId", message.tenantId())
                .param("occurredAt", message.occurredAt().atOffset(ZoneOffset.UTC))
                .param("payload", message.payload());
        cause.ifPresent(traceparent -> insert.param("traceparent", traceparent.toString()));
        insert.update();
    }
}
