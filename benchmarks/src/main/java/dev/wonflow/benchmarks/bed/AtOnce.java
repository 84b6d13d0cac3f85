package dev.wonflow.benchmarks.bed;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Calls that some clients make at the same time. */
public final class AtOnce {

    private AtOnce() {}

    /**
     * Does all, each worker one after another.
     *
     * @throws IllegalStateException if one could not be done
     */
    public static void each(int workers, int count, IntConsumer work) throws InterruptedException {
        var next = new AtomicInteger();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            IntStream.range(0, workers)
                    .forEach(_ -> running.add(threads.submit(() -> {
                        for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                            work.accept(i);
                        }
                    })));
            awaitAll(running);
        }
    }

    /**
     * Waits until all have ended.
     *
     * @throws IllegalStateException if one has failed
     */
    public static void awaitAll(List<? extends Future<?>> calls) throws InterruptedException {
        for (Future<?> call : calls) {
            try {
                call.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException("a call failed", e.getCause());
            }
        }
    }
}
