package dev.wonflow.payment.gateway;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * The calls this instance makes to Toss, each operation on its own, so that one which is slow takes nothing from the
 * others. What a caller waits for takes a place before anything is stored, and is refused if there is none. What is
 * worked off from the table of work takes none: its workers are as many as may call at the same time.
 */
public final class CallRoom {

    private final Map<Operation, Lane> lanes = new EnumMap<>(Operation.class);

    /**
     * Creates an empty one.
     *
     * @param places how many callers may wait at the same time, for each operation that callers wait for
     */
    public CallRoom(Map<Operation, Integer> places) {
        for (Operation operation : Operation.values()) {
            lanes.put(operation, new Lane(operation, new Semaphore(places.getOrDefault(operation, 0))));
        }
    }

    /** A place for one call, which is not taken yet. */
    public Place place(Operation operation) {
        return new Place(lane(operation));
    }

    /** Makes a call, which is counted as long as it lasts. */
    public <T> T during(Operation operation, Supplier<T> call) {
        AtomicInteger inFlight = lane(operation).inFlight;
        inFlight.incrementAndGet();
        try {
            return call.get();
        } finally {
            inFlight.decrementAndGet();
        }
    }

    /** Calls that Toss has not answered yet, whoever waits for them. */
    public int inFlight(Operation operation) {
        return lane(operation).inFlight.get();
    }

    /** Callers that found no place since the start. */
    public long refused(Operation operation) {
        return lane(operation).refused.sum();
    }

    private Lane lane(Operation operation) {
        return lanes.computeIfAbsent(operation, missing -> {
            throw new IllegalStateException(missing + ": no lane (expected: one for each operation)");
        });
    }

    private record Lane(Operation operation, Semaphore places, AtomicInteger inFlight, LongAdder refused) {

        private Lane(Operation operation, Semaphore places) {
            this(operation, places, new AtomicInteger(), new LongAdder());
        }
    }

    /** What one thread holds, or could. */
    public static final class Place implements AutoCloseable {

        private final Lane lane;
        private boolean held;

        private Place(Lane lane) {
            this.lane = lane;
        }

        /**
         * Takes it, if it is not held already.
         *
         * @return whether it is held now
         */
        public boolean take() {
            if (!held) {
                held = lane.places.tryAcquire();
                if (!held) {
                    lane.refused.increment();
                }
            }
            return held;
        }

        /**
         * The same for who can do nothing without it.
         *
         * @throws TossBusy if there is none
         */
        public void require() {
            if (!take()) {
                throw new TossBusy(lane.operation);
            }
        }

        /** Leaves it to others, if it is held. */
        @Override
        public void close() {
            if (held) {
                held = false;
                lane.places.release();
            }
        }
    }
}
