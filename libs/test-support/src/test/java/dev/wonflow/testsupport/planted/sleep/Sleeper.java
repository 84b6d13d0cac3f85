package dev.wonflow.testsupport.planted.sleep;

import java.util.concurrent.TimeUnit;

/** A class that sleeps in both ways. */
final class Sleeper {

    void thread() throws InterruptedException {
        Thread.sleep(1);
    }

    void unit() throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(1);
    }
}
