package dev.wonflow.relay;

import dev.wonflow.relay.RelayStand.Event;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Writes events from several connections at once until stopped: interleaved, some rolled back, in order per key. */
final class Writers implements AutoCloseable {

    private static final int THREADS = 3;

    private final RelayStand stand;
    private final List<Thread> threads = new ArrayList<>();
    private final Queue<UUID> committed = new ConcurrentLinkedQueue<>();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private volatile boolean running = true;

    Writers(RelayStand stand) {
        this.stand = stand;
        for (int writer = 0; writer < THREADS; writer++) {
            int number = writer;
            threads.add(Thread.ofPlatform().start(() -> write(number)));
        }
    }

    int count() {
        return committed.size();
    }

    /** Stops writing and answers what was committed. */
    Set<UUID> stop() throws InterruptedException {
        running = false;
        for (Thread thread : threads) {
            thread.join();
        }
        if (!failures.isEmpty()) {
            throw new IllegalStateException("a writer failed", failures.peek());
        }
        return new HashSet<>(committed);
    }

    @Override
    public void close() {
        running = false;
    }

    /** The first event that came before an earlier one of its key; duplicates do not count. */
    static List<String> outOfOrder(List<ConsumerRecord<byte[], byte[]>> published) {
        Map<String, Long> last = new HashMap<>();
        Set<String> seen = new HashSet<>();
        List<String> wrong = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : published) {
            if (!seen.add(RelayStand.header(record, "ce_id"))) {
                continue;
            }
            String key = RelayStand.header(record, "ce_subject");
            long sequence = Long.parseLong(RelayStand.header(record, "ce_sequence"));
            Long before = last.put(key, sequence);
            if (before != null && before > sequence) {
                wrong.add(key + ": " + sequence + " after " + before);
            }
        }
        return wrong;
    }

    private void write(int number) {
        Random random = new Random(number);
        long sequence = 0;
        try (Connection connection = stand.database.connect()) {
            connection.setAutoCommit(false);
            while (running) {
                List<UUID> ids = new ArrayList<>();
                int events = 1 + random.nextInt(3);
                for (int i = 0; i < events; i++) {
                    sequence++;
                    ids.addAll(stand.append(connection, new Event("writer-" + number, sequence)));
                }
                if (random.nextInt(5) == 0) {
                    connection.rollback();
                } else {
                    connection.commit();
                    committed.addAll(ids);
                }
            }
        } catch (SQLException | RuntimeException e) {
            failures.add(e);
        }
    }
}
