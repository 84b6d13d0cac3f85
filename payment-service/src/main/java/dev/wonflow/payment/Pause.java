package dev.wonflow.payment;

import java.time.Duration;

/** Lets time pass. Injected, so that a test can make it pass. */
@FunctionalInterface
public interface Pause {

    void take(Duration duration) throws InterruptedException;
}
