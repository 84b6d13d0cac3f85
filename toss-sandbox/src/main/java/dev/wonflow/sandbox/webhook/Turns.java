package dev.wonflow.sandbox.webhook;

import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets each address have a few attempts at once, and has the rest wait in line for it: a receiver that hangs fills
 * neither the machine with connections nor the places of other receivers. Safe for use by many threads.
 */
final class Turns {

    private final int atOnce;
    private final int longestLine;

    /** Guarded by this. */
    private final Map<URI, Line> lines = new HashMap<>();

    /**
     * Makes lines.
     *
     * @param atOnce attempts under way to one address
     * @param longestLine attempts that wait for one address; beyond it the one that waits longest is let go
     */
    Turns(int atOnce, int longestLine) {
        this.atOnce = atOnce;
        this.longestLine = longestLine;
    }

    private static final class Line {

        private int underWay;
        private final Deque<Turn> waiting = new ArrayDeque<>();
    }

    private record Turn(Supplier<? extends CompletionStage<?>> work, CompletableFuture<@Nullable Object> ended) {}

    /**
     * Does the work when it is its turn.
     *
     * @return completes when the work has ended, or was let go; never exceptionally
     */
    CompletionStage<?> inTurn(URI url, Supplier<? extends CompletionStage<?>> work) {
        Turn turn = new Turn(work, new CompletableFuture<>());
        if (isItsTurn(url, turn)) {
            begin(url, turn);
        }
        return turn.ended();
    }

    private boolean isItsTurn(URI url, Turn turn) {
        Turn letGo = null;
        synchronized (this) {
            Line line = lines.computeIfAbsent(url, _ -> new Line());
            if (line.underWay < atOnce) {
                line.underWay++;
                return true;
            }
            line.waiting.addLast(turn);
            if (line.waiting.size() > longestLine) {
                letGo = line.waiting.pollFirst();
            }
        }
        if (letGo != null) {
            letGo.ended().complete(null);
        }
        return false;
    }

    private void begin(URI url, Turn first) {
        // In a loop and not by itself: what has nothing to do ends at once, and thousands of it may stand in line.
        for (@Nullable Turn turn = first; turn != null; ) {
            CompletableFuture<?> work;
            try {
                work = turn.work().get().toCompletableFuture();
            } catch (RuntimeException e) {
                work = CompletableFuture.failedFuture(e);
            }
            Turn begun = turn;
            if (!work.isDone()) {
                var _ = work.whenComplete((_, _) -> end(url, begun));
                return;
            }
            begun.ended().complete(null);
            turn = next(url);
        }
    }

    private void end(URI url, Turn ended) {
        ended.ended().complete(null);
        Turn next = next(url);
        if (next != null) {
            begin(url, next);
        }
    }

    /** Who is next in line; if nobody is, the place is free. */
    private synchronized @Nullable Turn next(URI url) {
        Line line = lines.computeIfAbsent(url, _ -> new Line());
        Turn next = line.waiting.pollFirst();
        if (next == null) {
            line.underWay--;
            if (line.underWay == 0) {
                lines.remove(url);
            }
        }
        return next;
    }
}
