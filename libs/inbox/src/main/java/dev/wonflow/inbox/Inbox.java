package dev.wonflow.inbox;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Remembers which messages a consumer has taken. */
public final class Inbox {

    /** One statement, so that of two deliveries at once one waits for the other and then sees its claim. */
    private static final String CLAIM = """
        INSERT INTO inbox (consumer, message_id)
        VALUES (:consumer, :messageId)
        ON CONFLICT DO NOTHING
        """;

    private final JdbcClient jdbc;

    public Inbox(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Claims a message in the caller's transaction; a rollback forgets the claim together with the effect.
     *
     * @return {@code false} if this consumer has taken the message before
     * @throws IllegalStateException if no transaction is open
     */
    public boolean claim(String consumer, String messageId) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("inbox claim " + consumer + " " + messageId
                    + ": no transaction is open (expected: the one that holds the effect)");
        }
        return jdbc.sql(CLAIM)
                        .param("consumer", consumer)
                        .param("messageId", messageId)
                        .update()
                == 1;
    }
}
