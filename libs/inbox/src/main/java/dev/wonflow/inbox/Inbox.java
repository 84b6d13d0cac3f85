package dev.wonflow.inbox;

import dev.wonflow.runtime.trace.Trace;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Has each message its effect once. A listener reads the message first, since what cannot be read needs no transaction,
 * and hands the effect over; claim, effect and what the effect appends to the outbox are one transaction, opened here,
 * and part of the trace that the message came in.
 */
public final class Inbox {

    /**
     * Name of what puts all messages of a poll into one transaction, for a listener that takes one at a time:
     * {@code @KafkaListener(…, containerPostProcessor = Inbox.BATCHED)}. Worth it where many come at once. The listener
     * then runs within a transaction, so it must not wait for anybody, and what it locks stays locked until the poll is
     * done.
     */
    public static final String BATCHED = "inboxBatches";

    /** Longest message id, in characters; the table has the same limit. */
    public static final int MAX_MESSAGE_ID_LENGTH = 300;

    /** One statement, so that of two deliveries at once one waits for the other and then sees its claim. */
    private static final String CLAIM = """
        INSERT INTO inbox (consumer, message_id)
        VALUES (:consumer, :messageId)
        ON CONFLICT DO NOTHING
        """;

    private final JdbcClient jdbc;
    private final Sequences sequences;
    private final SkippedMessages skipped;
    private final TransactionOperations transaction;
    private final Trace trace;

    Inbox(
            JdbcClient jdbc,
            Sequences sequences,
            SkippedMessages skipped,
            TransactionOperations transaction,
            Trace trace) {
        this.jdbc = jdbc;
        this.sequences = sequences;
        this.skipped = skipped;
        this.transaction = transaction;
        this.trace = trace;
    }

    /**
     * To be called before a listener waits for somebody else: ends the common transaction of a poll, if there is one.
     * The messages of that poll then come again, each alone, and here again outside of any transaction.
     */
    public void requireAlone() {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new NotAlone();
        }
    }

    /**
     * Runs an effect, unless this consumer has taken the message before. Whatever the effect throws rolls everything
     * back, so that the message is new when it comes again.
     *
     * @param consumer the consumer group; another name makes every old message new
     * @throws UnreadableMessage if the message has no id, or none that could be one
     */
    public void once(String consumer, ConsumerRecord<?, ?> message, Runnable effect) {
        once(consumer, message, MessageHeaders.id(message), effect);
    }

    /**
     * Does the same for a message that is known by something else than its {@code ce_id}.
     *
     * @param messageId what two copies of the message have in common, see {@link #claim}
     */
    public void once(String consumer, ConsumerRecord<?, ?> message, String messageId, Runnable effect) {
        trace.resume(
                MessageHeaders.traceparent(message),
                consumer,
                () -> transaction.executeWithoutResult(_ -> claimAndRun(consumer, message, messageId, effect)));
    }

    private void claimAndRun(String consumer, ConsumerRecord<?, ?> message, String messageId, Runnable effect) {
        if (claim(consumer, messageId)) {
            effect.run();
        } else {
            skipped.skipped(message, "repeated");
        }
    }

    /**
     * Does the same for a message that takes the place of all older ones about its subject, and passes over one that
     * comes after its successors. See {@link Sequences} for what may be told so.
     *
     * @param subject what {@code ce_sequence} counts the versions of
     * @throws UnreadableMessage if the message has no id or no sequence, or the subject is none
     */
    public void onceIfNewer(String consumer, ConsumerRecord<?, ?> message, String subject, Runnable effect) {
        long sequence = MessageHeaders.sequence(message);
        once(consumer, message, () -> {
            if (sequences.advance(consumer, subject, sequence)) {
                effect.run();
            } else {
                skipped.skipped(message, "stale");
            }
        });
    }

    /**
     * Claims a message in the caller's transaction; a rollback forgets the claim together with the effect.
     *
     * @return {@code false} if this consumer has taken the message before
     * @throws IllegalStateException if no transaction is open
     * @throws UnreadableMessage if the id cannot be one: blank, longer than {@link #MAX_MESSAGE_ID_LENGTH}, or with
     *     control characters or half a character
     */
    boolean claim(String consumer, String messageId) {
        requireTransaction(consumer);
        requireId(messageId);
        return jdbc.sql(CLAIM)
                        .param("consumer", consumer)
                        .param("messageId", messageId)
                        .update()
                == 1;
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
