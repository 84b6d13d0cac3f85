package dev.wonflow.inbox;

import java.util.SequencedMap;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Tells old news from young. Messages of one key come in order, but a redrive brings one back after its successors, and
 * the inbox knows only whether a message was taken, not whether it still means anything.
 *
 * <p>To be advanced by messages that take the place of all older ones. One without an effect must not hide an older one
 * that has yet to be handled.
 */
public final class Sequences {

    private static final int MAX_SUBJECT_LENGTH = 200;

    /** One statement, so that of two messages at once one waits for the other and then sees how far it came. */
    private static final String ADVANCE = """
        INSERT INTO inbox_sequence (consumer, subject, sequence)
        VALUES (:consumer, :subject, :sequence)
        ON CONFLICT (consumer, subject) DO UPDATE SET sequence = EXCLUDED.sequence, advanced_at = now()
            WHERE inbox_sequence.sequence < EXCLUDED.sequence
        """;

    /** The same for many subjects, each of them once: a statement may not change a row twice. */
    private static final String ADVANCE_ALL = """
        INSERT INTO inbox_sequence (consumer, subject, sequence)
        SELECT consumer, subject, sequence
        FROM unnest(CAST(:consumers AS text[]), CAST(:subjects AS text[]), CAST(:sequences AS bigint[]))
            AS news (consumer, subject, sequence)
        ON CONFLICT (consumer, subject) DO UPDATE SET sequence = EXCLUDED.sequence, advanced_at = now()
            WHERE inbox_sequence.sequence < EXCLUDED.sequence
        RETURNING consumer, subject
        """;

    private final JdbcClient jdbc;

    Sequences(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Notes in the caller's transaction that the news of a subject has come this far; a rollback forgets it together
     * with the effect.
     *
     * @param subject what the sequence counts the versions of; at most 200 characters
     * @return {@code false} if this consumer has taken news of this age or younger, so that the message must be dropped
     * @throws IllegalStateException if no transaction is open
     */
    public boolean advance(String consumer, String subject, long sequence) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("sequence of " + subject + " for " + consumer
                    + ": no transaction is open (expected: the one that holds the effect)");
        }
        requireSubject(subject);
        return jdbc.sql(ADVANCE)
                        .param("consumer", consumer)
                        .param("subject", subject)
                        .param("sequence", sequence)
                        .update()
                == 1;
    }

    /** What somebody has news of. */
    record Place(String consumer, String subject) {}

    /**
     * Does the same for many at once, in the caller's transaction.
     *
     * @param news the sequence for each subject
     * @return those that advanced
     */
    Set<Place> advance(SequencedMap<Place, Long> news) {
        return Set.copyOf(jdbc.sql(ADVANCE_ALL)
                .param("consumers", news.keySet().stream().map(Place::consumer).toArray(String[]::new))
                .param("subjects", news.keySet().stream().map(Place::subject).toArray(String[]::new))
                .param("sequences", news.values().toArray(Long[]::new))
                .query((row, _) -> new Place(row.getString("consumer"), row.getString("subject")))
                .list());
    }

    static void requireSubject(String subject) {
        int characters = subject.codePointCount(0, subject.length());
        if (subject.isBlank() || characters > MAX_SUBJECT_LENGTH) {
            throw new UnreadableMessage(
                    "subject: " + characters + " characters (expected: 1 to " + MAX_SUBJECT_LENGTH + ", not blank)");
        }
        if (subject.codePoints().anyMatch(Text::isHalfACharacter)) {
            throw new UnreadableMessage("subject: half a character (expected: text)");
        }
    }
}
