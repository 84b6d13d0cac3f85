package dev.wonflow.inbox;

import dev.wonflow.runtime.trace.Trace;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
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
     * done. It sees all messages of the poll before the first of them has its effect.
     */
    public static final String BATCHED = "inboxBatches";

    /**
     * For a listener whose messages may come some moments later, {@code @KafkaListener(…, properties =
     * Inbox.UNHURRIED)}: the broker gathers for it what comes within a second, up to 256 KiB. Without, each message
     * that comes alone wakes a consumer and costs it a request, which is more than many an effect costs. Who has less
     * time adds a shorter {@code fetch.max.wait.ms}.
     */
    public static final String UNHURRIED = ConsumerConfig.FETCH_MIN_BYTES_CONFIG + "=262144";

    /** Longest message id, in characters; the table has the same limit. */
    public static final int MAX_MESSAGE_ID_LENGTH = 300;

    /** One statement, so that of two deliveries at once one waits for the other and then sees its claim. */
    private static final String CLAIM = """
        INSERT INTO inbox (consumer, message_id)
        VALUES (:consumer, :messageId)
        ON CONFLICT DO NOTHING
        """;

    /** The same for the messages of a poll; of two copies in one statement the first is claimed. */
    private static final String CLAIM_ALL = """
        INSERT INTO inbox (consumer, message_id)
        SELECT consumer, message_id
        FROM unnest(CAST(:consumers AS text[]), CAST(:messageIds AS text[])) AS claim (consumer, message_id)
        ON CONFLICT DO NOTHING
        RETURNING consumer, message_id
        """;

    private final JdbcClient jdbc;
    private final Sequences sequences;
    private final SkippedMessages skipped;
    private final TransactionOperations transaction;
    private final Trace trace;
    /** Names the {@link Gathered} of a transaction; another one than this, which names its {@link Poll}. */
    private final Object gathered = new Object();

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
        handOver(new Handed(message, new Claim(consumer, messageId), null, effect));
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
        Sequences.requireSubject(subject);
        handOver(new Handed(
                message,
                new Claim(consumer, MessageHeaders.id(message)),
                new News(new Sequences.Place(consumer, subject), sequence),
                effect));
    }

    /**
     * Does the same for a message whose effect is worth having together with those of others: what the messages of a
     * poll brought is handed to {@code effect} at once, in the order of the messages, after all that was handed over by
     * itself. There it belongs to no single message's trace. What comes alone is handed over alone.
     *
     * @param brought what the message brings
     * @param effect takes what was brought; the same object for all that belongs together
     */
    public <T> void onceIfNewer(
            String consumer, ConsumerRecord<?, ?> message, String subject, T brought, Consumer<List<T>> effect) {
        onceIfNewer(consumer, message, subject, () -> {
            if (TransactionSynchronizationManager.getResource(gathered) instanceof Gathered gathering) {
                gathering.add(effect, brought);
            } else {
                effect.accept(List.of(brought));
            }
        });
    }

    /** A message that is to have its effect; one with news only if they are. */
    private record Handed(
            ConsumerRecord<?, ?> message,
            Claim claim,
            @Nullable News news,
            Runnable effect) {}

    /** What was handed over while a transaction's messages are read. */
    private record Poll(List<Handed> handed) {}

    /** What messages of a poll brought that is to have its effect together. */
    private static final class Gathered {

        private final SequencedMap<Consumer<?>, List<Object>> brought = new LinkedHashMap<>();

        void add(Consumer<?> effect, Object one) {
            brought.computeIfAbsent(effect, _ -> new ArrayList<>()).add(one);
        }

        @SuppressWarnings("unchecked") // What is gathered for an effect is what it takes.
        void handOver() {
            brought.forEach((effect, all) -> ((Consumer<List<Object>>) effect).accept(all));
        }
    }

    private record Claim(String consumer, String messageId) {}

    private record News(Sequences.Place place, long sequence) {}

    private void handOver(Handed handed) {
        if (TransactionSynchronizationManager.getResource(this) instanceof Poll poll) {
            requireId(handed.claim().messageId());
            poll.handed().add(handed);
        } else {
            resume(handed, () -> transaction.executeWithoutResult(_ -> claimAndRun(handed)));
        }
    }

    private void resume(Handed handed, Runnable work) {
        trace.resume(
                MessageHeaders.traceparent(handed.message()), handed.claim().consumer(), work);
    }

    private void claimAndRun(Handed handed) {
        if (claim(handed.claim().consumer(), handed.claim().messageId())) {
            runIfNews(handed);
        } else {
            skipped.skipped(handed.message(), "repeated");
        }
    }

    private void runIfNews(Handed handed) {
        News news = handed.news();
        runIf(
                news == null
                        || sequences.advance(
                                news.place().consumer(), news.place().subject(), news.sequence()),
                handed);
    }

    private void runIf(boolean isNews, Handed handed) {
        if (isNews) {
            handed.effect().run();
        } else {
            skipped.skipped(handed.message(), "stale");
        }
    }

    /**
     * Has messages read, and then their effects, in the order in which they were handed over: one statement claims all
     * of them, and one advances their sequences. In the caller's transaction.
     *
     * @param reading hands messages over to {@link #once} and {@link #onceIfNewer}
     */
    void together(Runnable reading) {
        Poll poll = new Poll(new ArrayList<>());
        TransactionSynchronizationManager.bindResource(this, poll);
        try {
            reading.run();
        } finally {
            TransactionSynchronizationManager.unbindResource(this);
        }
        if (!poll.handed().isEmpty()) {
            Gathered gathering = new Gathered();
            TransactionSynchronizationManager.bindResource(gathered, gathering);
            try {
                claimAndRun(poll.handed());
            } finally {
                TransactionSynchronizationManager.unbindResource(gathered);
            }
            gathering.handOver();
        }
    }

    private void claimAndRun(List<Handed> handed) {
        Set<Claim> claimed = claim(handed);
        List<Handed> fresh = new ArrayList<>();
        // What comes twice in a poll is claimed by the first.
        handed.forEach(one -> {
            if (claimed.remove(one.claim())) {
                fresh.add(one);
            } else {
                skipped.skipped(one.message(), "repeated");
            }
        });
        Set<Handed> advanced = advance(fresh);
        for (Handed one : fresh) {
            resume(one, () -> {
                if (advanced.contains(one)) {
                    one.effect().run();
                } else {
                    runIfNews(one);
                }
            });
        }
    }

    /**
     * Advances the first news of each subject.
     *
     * @return what advanced; the rest is old, or has to wait for its turn behind the first
     */
    private Set<Handed> advance(List<Handed> handed) {
        SequencedMap<Sequences.Place, Handed> firsts = new LinkedHashMap<>();
        SequencedMap<Sequences.Place, Long> news = new LinkedHashMap<>();
        for (Handed one : handed) {
            News ofOne = one.news();
            if (ofOne != null && firsts.putIfAbsent(ofOne.place(), one) == null) {
                news.put(ofOne.place(), ofOne.sequence());
            }
        }
        if (news.size() < 2) {
            return Set.of();
        }
        return sequences.advance(news).stream().map(firsts::get).collect(Collectors.toSet());
    }

    private Set<Claim> claim(List<Handed> handed) {
        return new HashSet<>(jdbc.sql(CLAIM_ALL)
                .param(
                        "consumers",
                        handed.stream().map(one -> one.claim().consumer()).toArray(String[]::new))
                .param(
                        "messageIds",
                        handed.stream().map(one -> one.claim().messageId()).toArray(String[]::new))
                .query((row, _) -> new Claim(row.getString("consumer"), row.getString("message_id")))
                .list());
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
