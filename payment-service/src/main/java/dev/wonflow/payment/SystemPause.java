package dev.wonflow.payment;

import java.time.Duration;
import org.springframework.stereotype.Component;

/** Pauses for real. */
@Component
class SystemPause implements Pause {

    @Override
    public void take(Duration duration) throws InterruptedException {
        Thread.sleep(duration);
    }
}
