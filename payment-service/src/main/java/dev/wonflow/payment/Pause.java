package dev.wonflow.payment;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Lets time pass. Injected, so that a test can make it pass. */
@FunctionalInterface
public interface Pause {

    void take(Duration duration) throws InterruptedException;

    /**
     * Waits for what somebody else is at work on: looks again after pauses that grow from 20 to 500 milliseconds.
     *
     * @param patience how long to wait at most
     * @param known how it stands now
     * @param again how it stands by then, of how it stood last
     * @return how it stands once it is over, or when patience ends
     */
    default <T> T until(Clock clock, Duration patience, T known, Predicate<T> isOver, UnaryOperator<T> again)
            throws InterruptedException {
        Instant deadline = clock.instant().plus(patience);
        Duration longest = Duration.ofMillis(500);
        Duration next = Duration.ofMillis(20);
        T latest = known;
        while (!isOver.test(latest) && clock.instant().isBefore(deadline)) {
            take(next);
            Duration doubled = next.multipliedBy(2);
            next = doubled.compareTo(longest) > 0 ? longest : doubled;
            latest = again.apply(latest);
        }
        return latest;
    }
}
