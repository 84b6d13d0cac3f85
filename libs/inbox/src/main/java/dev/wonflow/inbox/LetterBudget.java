package dev.wonflow.inbox;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory all dead letters of a service that are on their way may take together, whatever topics and partitions they
 * are of. It ends between two letters: as long as anything is left a letter gets through, however large it is, so no
 * partition can wait for room that never comes; all of them together take the limit and one letter at most.
 *
 * <p>Safe for use by several threads.
 */
final class LetterBudget {

    /** The producer holds a copy of each letter, so letters take an eighth of the heap at most. */
    private static final int SHARE_OF_THE_HEAP = 16;

    private static final long LEAST = 1L << 20;

    /** More than this the producer does not hold in its buffers. */
    private static final long MOST = 64L << 20;

    /** A letter beside its bytes: its objects, and the trace of what went wrong. */
    private static final int OVERHEAD = 4 << 10;

    private final long limit;
    private final AtomicLong taken = new AtomicLong();

    LetterBudget(long limit) {
        this.limit = limit;
    }

    static LetterBudget ofHeap(long heap) {
        return new LetterBudget(Math.clamp(heap / SHARE_OF_THE_HEAP, LEAST, MOST));
    }

    long limit() {
        return limit;
    }

    boolean hasRoom() {
        return taken.get() < limit;
    }

    /** Takes room for a letter until it has arrived or was refused; answers whether there was any. */
    boolean take(DeadLetter letter) {
        long size = letter.size() + OVERHEAD;
        if (taken.getAndUpdate(before -> before < limit ? before + size : before) >= limit) {
            return false;
        }
        var _ = letter.stored().whenComplete((_, _) -> taken.addAndGet(-size));
        return true;
    }
}
