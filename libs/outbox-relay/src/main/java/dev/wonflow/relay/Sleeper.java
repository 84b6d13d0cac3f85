package dev.wonflow.relay;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Where one thread sleeps and others wake it. A call while it is awake costs them no more than a flag, however many
 * there are, and lets its next sleep end at once; so after each sleep it has to look at everything it may be woken for.
 */
final class Sleeper {

    private volatile @Nullable Thread thread;
    private volatile boolean asleep;
    private volatile boolean called;

    /** Ends the sleep, or the next one. */
    void wake() {
        called = true;
        if (asleep) {
            LockSupport.unpark(thread);
        }
    }

    /** Ends the sleep, or the next one, or a doze if what it waits for is so. */
    void rouse() {
        called = true;
        LockSupport.unpark(thread);
    }

    /** Sleeps until woken, interrupted, or the time is up. */
    void sleep(long nanos) {
        thread = Thread.currentThread();
        asleep = true;
        if (!called) {
            LockSupport.parkNanos(this, nanos);
        }
        asleep = false;
        called = false;
    }

    /** Lets the time pass, no matter who calls; until interrupted, or roused with a reason. */
    void doze(long nanos, BooleanSupplier reason) {
        Thread current = Thread.currentThread();
        thread = current;
        long start = System.nanoTime();
        long left = nanos;
        while (left > 0 && !current.isInterrupted() && !reason.getAsBoolean()) {
            LockSupport.parkNanos(this, left);
            left = nanos - (System.nanoTime() - start);
        }
    }
}
