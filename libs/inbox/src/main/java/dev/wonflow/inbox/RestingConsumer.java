package dev.wonflow.inbox;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.Metric;
import org.jspecify.annotations.Nullable;

/**
 * Lets a consumer rest in its polls while there is nothing to do. The broker answers a request for messages after
 * {@link #FETCH_WAIT} at the latest; when that answer is empty, Kafka's client may sleep through the rest of the poll
 * before it asks again (<a href="https://issues.apache.org/jira/browse/KAFKA-20780">KAFKA-20780</a>), and a message
 * waits. So only polls in which no answer is expected are long. Used by one thread, as every consumer.
 */
final class RestingConsumer implements InvocationHandler {

    /** How long the broker keeps a request for messages open. A partition that goes on has to wait for its end. */
    static final Duration FETCH_WAIT = Duration.ofSeconds(1);

    /** Longest poll in which an answer may come, or the lanes have something to do after it. */
    static final Duration SHORT_POLL = Duration.ofMillis(100);

    /** By then every broker has answered once, and when it answers next is known. */
    private static final Duration FIRST_ROUND = FETCH_WAIT.plus(SHORT_POLL);

    private final Consumer<?, ?> consumer;
    private final Lanes lanes;

    /** For each broker, when its next answer comes at the earliest. */
    private final Deque<Long> expected = new ArrayDeque<>();

    private @Nullable Metric answers;
    private double answersSeen;
    private long quietSince = System.nanoTime();

    private RestingConsumer(Consumer<?, ?> consumer, Lanes lanes) {
        this.consumer = consumer;
        this.lanes = lanes;
    }

    @SuppressWarnings("unchecked") // A proxy has the types of what it stands for.
    static <K, V> Consumer<K, V> of(Consumer<K, V> consumer, Lanes lanes) {
        return (Consumer<K, V>) Proxy.newProxyInstance(
                RestingConsumer.class.getClassLoader(),
                new Class<?>[] {Consumer.class},
                new RestingConsumer(consumer, lanes));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        if (arguments != null && method.getName().equals("poll") && arguments[0] instanceof Duration longest) {
            return poll(longest);
        }
        try {
            return method.invoke(consumer, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private ConsumerRecords<?, ?> poll(Duration longest) {
        long start = System.nanoTime();
        ConsumerRecords<?, ?> messages = consumer.poll(min(longest, rest(start)));
        note(start, messages.isEmpty());
        return messages;
    }

    private Duration rest(long now) {
        // An answer that does not come any more: its broker has none of our partitions now.
        expected.removeIf(earliest -> now - earliest > FETCH_WAIT.toNanos());
        Long next = expected.peekFirst();
        if (next == null || now - quietSince < FIRST_ROUND.toNanos() || !lanes.areAtRest(consumer)) {
            return SHORT_POLL;
        }
        Duration untilNext = Duration.ofNanos(next - now);
        return untilNext.compareTo(SHORT_POLL) < 0 ? SHORT_POLL : untilNext;
    }

    /** A node that answered in the poll begun at {@code start} was asked again after that, or will be in the next. */
    private void note(long start, boolean quiet) {
        long now = System.nanoTime();
        double seen = answers();
        for (double newer = seen - answersSeen; newer > 0; newer--) {
            Long due = expected.peekFirst();
            if (due != null && now - due >= 0) {
                expected.removeFirst();
            }
            expected.addLast(start + FETCH_WAIT.toNanos());
        }
        answersSeen = seen;
        if (!quiet) {
            expected.clear();
            quietSince = now;
        }
    }

    /** How many answers there have been so far; 0 while nobody counts. */
    private double answers() {
        Metric counter = answers;
        if (counter == null) {
            counter = consumer.metrics().values().stream()
                    .filter(metric -> metric.metricName().name().equals("fetch-total")
                            && !metric.metricName().tags().containsKey("topic"))
                    .findFirst()
                    .orElse(null);
            answers = counter;
        }
        return counter != null && counter.metricValue() instanceof Number number ? number.doubleValue() : 0;
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
