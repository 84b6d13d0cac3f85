package dev.wonflow.payment.charge;

import dev.wonflow.payment.Pause;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets charges go no faster than their share of Toss's quota allows, so that confirms keep theirs. Calls are taken out
 * of the book by the handful: at a high rate each costs a fraction of a statement.
 */
final class ChargePace {

    private static final Duration NOTHING_LEFT = Duration.ofMillis(200);

    private final PaceBook book;
    private final double perMinute;
    private final int handful;
    private final Duration rest;
    private final Pause pause;
    private final ReentrantLock turn = new ReentrantLock();
    private int inHand;
    private volatile boolean turnedAway;

    /**
     * Creates one.
     *
     * @param perMinute the share
     * @param atOnce charges this instance makes at the same time
     * @param rest how long no charge of any instance calls after Toss has said that there were too many calls
     */
    ChargePace(PaceBook book, double perMinute, int atOnce, Duration rest, Pause pause) {
        this.book = book;
        this.perMinute = perMinute;
        this.handful = Math.max(1, Math.min(atOnce, (int) (perMinute / 60)));
        this.rest = rest;
        this.pause = pause;
    }

    /** Toss has said that there were too many calls. Waits for nothing: the next charge enters it in the book. */
    void turnedAway() {
        turnedAway = true;
    }

    /** Waits until there is a call left; first come, first served. */
    void await() throws InterruptedException {
        turn.lockInterruptibly();
        try {
            while (inHand == 0 || turnedAway) {
                if (turnedAway) {
                    book.rest(rest, perMinute);
                    inHand = 0;
                    turnedAway = false;
                }
                inHand = book.take(handful, perMinute);
                if (inHand == 0) {
                    pause.take(NOTHING_LEFT);
                }
            }
            inHand--;
        } finally {
            turn.unlock();
        }
    }
}
