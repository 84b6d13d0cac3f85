package dev.wonflow.relay;

import static org.awaitility.Awaitility.await;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The relay's threads in this JVM, among those of test servers. */
final class RelayThreads {

    private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();

    private RelayThreads() {}

    /** Lets time pass and answers what the relay used of it. */
    static Use useDuring(Duration time) {
        Map<Thread, Long> before = processorNanos();
        long start = System.nanoTime();
        await().pollDelay(time).atMost(time.multipliedBy(2)).until(() -> true);
        Map<Thread, Long> after = processorNanos();
        double elapsed = System.nanoTime() - start;
        Map<String, Double> percent = new TreeMap<>();
        after.forEach((thread, nanos) -> percent.put(
                thread.getName() + "#" + thread.threadId(), (nanos - before.getOrDefault(thread, 0L)) / elapsed * 100));
        return new Use(percent);
    }

    private static Map<Thread, Long> processorNanos() {
        Map<Thread, Long> nanos = new HashMap<>();
        for (Map.Entry<Thread, StackTraceElement[]> thread :
                Thread.getAllStackTraces().entrySet()) {
            boolean relay = thread.getKey().getName().contains("wonflow-relay");
            boolean engine = List.of(thread.getValue()).stream()
                    .anyMatch(frame -> frame.getClassName().startsWith("io.debezium."));
            if (relay || engine) {
                nanos.put(
                        thread.getKey(), CLOCK.getThreadCpuTime(thread.getKey().threadId()));
            }
        }
        return nanos;
    }

    /** @param percent of one processor, by thread */
    record Use(Map<String, Double> percent) {

        double share() {
            return percent.values().stream().mapToDouble(Double::doubleValue).sum() / 100;
        }

        int threads() {
            return percent.size();
        }
    }
}
