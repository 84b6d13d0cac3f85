package dev.wonflow.payment.statuscheck;

import dev.wonflow.payment.payment.StatusCheckProperties;
import dev.wonflow.work.WorkBackOff;
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

    /** After the {@code tries}-th unclear answer. */
    public Duration after(int tries) {
        return startingWith(properties.firstDelay()).after(tries, random);
    }

    /** Between an answer and the next question that a mere hint may cause, after so many that brought nothing. */
    public Duration afterHint(int fruitless) {
        return startingWith(properties.hintWindow()).after(fruitless);
    }

    /** Where the longest is shorter than that, it is the first as well. */
    private WorkBackOff startingWith(Duration first) {
        Duration longest = properties.maxDelay();
        return new WorkBackOff(first.compareTo(longest) > 0 ? longest : first, longest);
    }
}
