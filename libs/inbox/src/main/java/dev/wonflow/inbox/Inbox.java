package dev.wonflow.inbox;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Remembers which messages a consumer has taken. */
public final class Inbox {

    /** Longest message id, in characters; the table has the same limit. */
    public static final int MAX_MESSAGE_ID_LENGTH = 300;

    /** One statement, so that of two deliveries at once one waits for the other and then sees its claim. */
    private static final String CLAIM = """
        INSERT INTO inbox (consumer, message_id)
        VALUES (:consumer, :messageId)
        ON CONFLICT DO NOTHING
        """;

    private static final String CLAIM_ALL = """
        INSERT INTO inbox (consumer, message_id)
        SELECT :consumer, message_id
        FROM unnest(CAST(:messageIds AS text[])) AS taken (message_id)
        ON CONFLICT DO NOTHING
        RETURNING message_id
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
     * @throws UnreadableMessage if the id cannot be one: blank, longer than {@link #MAX_MESSAGE_ID_LENGTH}, or with
     *     control characters or half a character
     */
    public boolean claim(String consumer, String messageId) {
        requireTransaction(consumer);
        requireId(messageId);
        return jdbc.sql(CLAIM)
                        .param("consumer", consumer)
                        .param("messageId", messageId)
                        .update()
                == 1;
    }

    /**
     * Claims many messages with one statement, in the caller's transaction.
     *
     * @return the ids this consumer had not taken before, in the given order, each once
     * @throws IllegalStateException if no transaction is open
     * @throws UnreadableMessage if one of the ids cannot be one; nothing is claimed then
     */
    public List<String> claimAll(String consumer, Collection<String> messageIds) {
        requireTransaction(consumer);
        if (messageIds.isEmpty()) {
            return List.of();
        }
        messageIds.forEach(Inbox::requireId);
        // Sorted: two batches that share ids then meet at the same row first, and wait instead of deadlocking.
        Set<String> sorted = new TreeSet<>(messageIds);
        Set<String> claimed = new HashSet<>(jdbc.sql(CLAIM_ALL)
                .param("consumer", consumer)
                .param("messageIds", sorted.toArray(String[]::new))
                .query(String.class)
                .list());
        return messageIds.stream().distinct().filter(claimed::contains).toList();
    }

    private static void requireTransaction(String consumer) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("inbox claim of " + consumer
                    + ": no transaction is open (expected: the one that holds the effect)");
        }
    }

    private static void requireId(String messageId) {
        if (messageId.isBlank()) {
            throw new UnreadableMessage("message id: blank (expected: text)");
        }
        int characters = messageId.codePointCount(0, messageId.length());
        if (characters > MAX_MESSAGE_ID_LENGTH) {
            throw new UnreadableMessage(
                    "message id: " + characters + " characters (expected: at most " + MAX_MESSAGE_ID_LENGTH + ")");
        }
        if (messageId.codePoints().anyMatch(Text::isHalfACharacter)) {
            // The driver would write a question mark, and two ids could become one.
            throw new UnreadableMessage("message id: half a character (expected: text)");
        }
        if (messageId.chars().anyMatch(Character::isISOControl)) {
            throw new UnreadableMessage("message id: control characters (expected: text without them)");
        }
    }
}
