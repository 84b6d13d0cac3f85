package dev.wonflow.payment.statuscheck;

import dev.wonflow.payment.payment.StatusCheckProperties;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.springframework.stereotype.Component;

/** How long a payment is left alone before Toss is asked about it again: twice as long each time, up to a limit. */
@Component
public final class Backoff {

    private final StatusCheckProperties properties;
    private final RandomGenerator random;

    public Backoff(StatusCheckProperties properties, RandomGenerator random) {
        this.properties = properties;
        this.random = random;
    }

    /**
     * After the {@code tries}-th unclear answer. Up to half is left off, or all that failed together would come back
     * so.
     */
    public Duration after(int tries) {
        Duration longest = doubled(properties.firstDelay(), tries);
        return longest.minusMillis(random.nextLong(longest.toMillis() / 2 + 1));
    }

    /** Between an answer and the next question that a mere hint may cause, after so many that brought nothing. */
    public Duration afterHint(int fruitless) {
        return doubled(properties.hintWindow(), fruitless);
    }

    private Duration doubled(Duration first, int tries) {
        // 2^20 times any first delay is beyond any maximum; the bound keeps the shift exact.
        Duration delay = first.multipliedBy(1L << Math.min(tries, 20));
        return delay.compareTo(properties.maxDelay()) > 0 ? properties.maxDelay() : delay;
    }
}
