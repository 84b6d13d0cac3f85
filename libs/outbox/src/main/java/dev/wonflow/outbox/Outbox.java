package dev.wonflow.outbox;

import dev.wonflow.runtime.trace.Trace;
import dev.wonflow.runtime.trace.Traceparent;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronization;
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

    /** Rows of one statement are in the log in the order they are inserted, so this order is that of the events. */
    private static final String INSERT_ALL = """
        INSERT INTO outbox
            (id, aggregatetype, aggregateid, type, sequence, tenant_id, occurred_at, payload%s)
        SELECT id, topic, key, type, sequence, tenant_id, occurred_at, payload%s
        FROM unnest(
            CAST(:ids AS uuid[]), CAST(:topics AS text[]), CAST(:keys AS text[]), CAST(:types AS text[]),
            CAST(:sequences AS bigint[]), CAST(:tenantIds AS text[]), CAST(:occurredAts AS timestamptz[]),
            CAST(:payloads AS text[])%s)
            WITH ORDINALITY AS message (id, topic, key, type, sequence, tenant_id, occurred_at, payload%s, position)
        ORDER BY position
        """;

    private static final String INSERT_ALL_UNTRACED = INSERT_ALL.formatted("", "", "", "");
    private static final String INSERT_ALL_TRACED =
            INSERT_ALL.formatted(", traceparent", ", traceparent", ", CAST(:traceparents AS text[])", ", traceparent");

    /** Messages that wait for the commit at most. */
    private static final int MOST_AT_ONCE = 1_000;

    /** Of all their payloads; they are several times in memory. */
    private static final int MOST_CHARACTERS_AT_ONCE = 4 * 1024 * 1024;

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
     * carries the trace that the caller's work belongs to, if there is one and the table has a column for it. The
     * messages of a transaction are written together before it commits, in the order of their appending; one that the
     * table refuses keeps it from committing. From the first one on the transaction takes no savepoint; and a first one
     * that is appended while the transaction commits already comes too late, which whoever commits is told.
     *
     * @throws IllegalStateException if no transaction is open; without one the promise above would be empty
     */
    public void append(OutboxMessage message) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("outbox message " + message.type() + " " + message.id()
                    + ": no transaction is open (expected: the one that changes the state)");
        }
        Optional<Traceparent> cause = column.isThere() ? trace.current() : Optional.empty();
        ofTransaction()
                .add(new Appended(message, cause.map(Traceparent::toString).orElse(null)));
    }

    /**
     * A message that is to be written.
     *
     * @param traceparent null outside any trace
     */
    private record Appended(OutboxMessage message, @Nullable String traceparent) {}

    private Unwritten ofTransaction() {
        for (TransactionSynchronization known : TransactionSynchronizationManager.getSynchronizations()) {
            if (known instanceof Unwritten unwritten && unwritten.outbox() == this) {
                return unwritten;
            }
        }
        Unwritten unwritten = new Unwritten();
        TransactionSynchronizationManager.registerSynchronization(unwritten);
        return unwritten;
    }

    /** What a transaction has appended so far. */
    private final class Unwritten implements TransactionSynchronization {

        private final List<Appended> messages = new ArrayList<>();
        private int characters;
        private boolean committing;

        Outbox outbox() {
            return Outbox.this;
        }

        void add(Appended appended) {
            messages.add(appended);
            characters += appended.message().payload().length();
            // What is appended by something else that waits for the commit, nobody would come for any more.
            if (committing || messages.size() == MOST_AT_ONCE || characters >= MOST_CHARACTERS_AT_ONCE) {
                write();
            }
        }

        @Override
        public void beforeCommit(boolean readOnly) {
            committing = true;
            write();
        }

        /** What is written later would go when something after the savepoint is taken back, which it came before. */
        @Override
        public void savepoint(Object savepoint) {
            throw new IllegalStateException(
                    "savepoint: in a transaction that has outbox messages (expected: none after the first)");
        }

        /** All of them were appended after it, for there is none after the first. */
        @Override
        public void savepointRollback(Object savepoint) {
            forget();
        }

        @Override
        public void afterCommit() {
            requireNothingLeft();
        }

        @Override
        public void afterCompletion(int status) {
            if (status == STATUS_COMMITTED) {
                requireNothingLeft();
            }
        }

        /** Who begins to wait for a commit that is under way is not asked before it any more. */
        private void requireNothingLeft() {
            if (messages.isEmpty()) {
                return;
            }
            String lost = messages.stream()
                    .map(Appended::message)
                    .map(message -> message.type() + " " + message.id())
                    .collect(Collectors.joining(", "));
            messages.clear();
            throw new IllegalStateException(
                    "outbox: not written: " + lost + " (expected: appended before the transaction commits)");
        }

        private void write() {
            if (messages.size() == 1) {
                insert(messages.getFirst());
            } else if (!messages.isEmpty()) {
                insert(messages);
            }
            forget();
        }

        private void forget() {
            messages.clear();
            characters = 0;
        }
    }

    private void insert(Appended appended) {
        OutboxMessage message = appended.message();
        JdbcClient.StatementSpec insert = jdbc.sql(appended.traceparent() == null ? INSERT : INSERT_TRACED)
                .param("id", message.id())
                .param("topic", message.topic())
                .param("key", message.key())
                .param("type", message.type())
                .param("sequence", message.sequence())
                .param("tenantId", message.tenantId())
                .param("occurredAt", message.occurredAt().atOffset(ZoneOffset.UTC))
                .param("payload", message.payload());
        (appended.traceparent() == null ? insert : insert.param("traceparent", appended.traceparent())).update();
    }

    private void insert(List<Appended> appended) {
        boolean traced = appended.stream().anyMatch(one -> one.traceparent() != null);
        JdbcClient.StatementSpec insert = jdbc.sql(traced ? INSERT_ALL_TRACED : INSERT_ALL_UNTRACED)
                .param("ids", texts(appended, message -> message.id().toString()))
                .param("topics", texts(appended, OutboxMessage::topic))
                .param("keys", texts(appended, OutboxMessage::key))
                .param("types", texts(appended, OutboxMessage::type))
                .param(
                        "sequences",
                        appended.stream().map(one -> one.message().sequence()).toArray(Long[]::new))
                .param("tenantIds", texts(appended, OutboxMessage::tenantId))
                .param(
                        "occurredAts",
                        texts(appended, message -> message.occurredAt().toString()))
                .param("payloads", texts(appended, OutboxMessage::payload));
        (traced
                        ? insert.param(
                                "traceparents",
                                appended.stream().map(Appended::traceparent).toArray(String[]::new))
                        : insert)
                .update();
    }

    private static String[] texts(List<Appended> appended, Function<OutboxMessage, String> field) {
        return appended.stream().map(Appended::message).map(field).toArray(String[]::new);
    }
}
