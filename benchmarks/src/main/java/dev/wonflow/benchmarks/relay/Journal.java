package dev.wonflow.benchmarks.relay;

import dev.wonflow.benchmarks.bed.Samples;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * What happened to every event of one topic, in nanoseconds of this JVM's clock.
 *
 * <p>Each event is written by one writer thread and read by the one consumer thread; figures are taken when both rest.
 */
final class Journal {

    private static final double NANOS_PER_MILLI = 1e6;

    private final long[] due;
    private final long[] committing;
    private final long[] committed;
    private final long[] arrived;
    private final int[] newestOfKey = new int[Events.KEYS];
    private final AtomicInteger distinct = new AtomicInteger();
    private final AtomicInteger duplicates = new AtomicInteger();
    private final AtomicInteger disordered = new AtomicInteger();
    private final AtomicInteger strangers = new AtomicInteger();

    Journal(int capacity) {
        due = new long[capacity];
        committing = new long[capacity];
        committed = new long[capacity];
        arrived = new long[capacity];
        Arrays.fill(newestOfKey, -1);
    }

    /**
     * What may go wrong between a commit and a consumer.
     *
     * @param duplicates events seen more than once; allowed, counted
     * @param disordered first sightings that came after a later event of the same key
     * @param strangers records that are none of ours, or damaged
     */
    record Faults(int duplicates, int disordered, int strangers) {}

    void written(int number, long dueAt, long committingAt, long committedAt) {
        due[number] = dueAt;
        committing[number] = committingAt;
        committed[number] = committedAt;
    }

    void arrived(int number, long at) {
        if (number < 0 || number >= arrived.length) {
            strangers.incrementAndGet();
            return;
        }
        if (arrived[number] != 0) {
            duplicates.incrementAndGet();
            return;
        }
        arrived[number] = at;
        int key = number % Events.KEYS;
        if (newestOfKey[key] > number) {
            disordered.incrementAndGet();
        } else {
            newestOfKey[key] = number;
        }
        distinct.incrementAndGet();
    }

    void stranger() {
        strangers.incrementAndGet();
    }

    int distinct() {
        return distinct.get();
    }

    Faults faults() {
        return new Faults(duplicates.get(), disordered.get(), strangers.get());
    }

    int lost(int from, int count) {
        return (int) numbers(from, count).filter(n -> arrived[n] == 0).count();
    }

    /** Milliseconds from just before the commit was sent to the consumer having the record in hand. */
    Samples sinceCommit(int from, int count) {
        return since(committing, from, count);
    }

    /** Milliseconds from when the transaction should have been written: a writer that falls behind shows here. */
    Samples sinceDue(int from, int count) {
        return since(due, from, count);
    }

    /** Milliseconds the commit itself took, which is part of every figure and the same for everyone. */
    Samples commits(int from, int count) {
        return new Samples(numbers(from, count)
                .mapToDouble(n -> (committed[n] - committing[n]) / NANOS_PER_MILLI)
                .toArray());
    }

    private Samples since(long[] start, int from, int count) {
        return new Samples(numbers(from, count)
                .filter(n -> arrived[n] != 0)
                .mapToDouble(n -> (arrived[n] - start[n]) / NANOS_PER_MILLI)
                .toArray());
    }

    /** Commits per second that were really reached. */
    double committedPerSecond(int from, int count) {
        long first = numbers(from, count).mapToLong(n -> due[n]).min().orElse(0);
        long last = numbers(from, count).mapToLong(n -> committed[n]).max().orElse(0);
        return count * 1e9 / Math.max(1, last - first);
    }

    /** Arrivals per second between the first and the last. */
    double arrivedPerSecond() {
        long first = Arrays.stream(arrived).filter(at -> at != 0).min().orElse(0);
        long last = Arrays.stream(arrived).max().orElse(0);
        return distinct() * 1e9 / Math.max(1, last - first);
    }

    private static IntStream numbers(int from, int count) {
        return IntStream.range(from, from + count);
    }
}
