package dev.wonflow.topics;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;

/**
 * Looks whether all topics are still there and as they must be, and makes again what someone has deleted. What reads or
 * writes a topic goes on by itself once it is there.
 */
final class TopicWatch implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(TopicWatch.class);

    private final TopicSetup setup;
    private final Duration interval;
    private final Clock clock;
    private final Map<String, Instant> remade = new ConcurrentSkipListMap<>();

    private volatile @Nullable RuntimeException failure;
    private @Nullable Admin admin;

    TopicWatch(TopicSetup setup, Duration interval, Clock clock) {
        this.setup = setup;
        this.interval = interval;
        this.clock = clock;
    }

    /** Why the last look failed, or null if all was well. */
    @Nullable
    RuntimeException failure() {
        return failure;
    }

    /** Topics that were deleted while this service was running, and when they were found missing. */
    Map<String, Instant> remade() {
        return remade;
    }

    /** What it finds is for the health of the topics; a look that ended is a success. */
    void runOnce() {
        try {
            try {
                setup.runAgain(connected());
            } finally {
                setup.takeReplaced().forEach(this::tellOfReplaced);
            }
            failure = null;
        } catch (RuntimeException e) {
            if (Thread.currentThread().isInterrupted()) {
                // By the stop, which is no finding.
                return;
            }
            if (isNews(e)) {
                tellOf(e);
            }
            failure = e;
        }
    }

    private void tellOfReplaced(String topic) {
        log.error("Topic {} was gone and has been made again; the records it held are lost", topic);
        remade.put(topic, clock.instant());
    }

    private void tellOf(RuntimeException e) {
        if (isKafkaAway(e)) {
            log.warn("Topics could not be looked at; next try in {}: {}", interval, e.getMessage());
        } else {
            log.error("Topics are not as they must be; next look in {}", interval, e);
        }
    }

    /** One that was told already is not told at each look; that Kafka is away is told in other words each time. */
    private boolean isNews(RuntimeException e) {
        RuntimeException before = failure;
        return before == null
                || isKafkaAway(before) != isKafkaAway(e)
                || (!isKafkaAway(e) && !Objects.equals(before.getMessage(), e.getMessage()));
    }

    /** Nothing is known of the topics then, good or bad. */
    static boolean isKafkaAway(RuntimeException failure) {
        Throwable cause = failure.getCause();
        return cause instanceof ExecutionException && cause.getCause() instanceof TimeoutException;
    }

    private synchronized Admin connected() {
        if (admin == null) {
            admin = setup.connect();
        }
        return admin;
    }

    @Override
    public synchronized void destroy() {
        if (admin != null) {
            admin.close(Duration.ZERO);
            admin = null;
        }
    }
}
