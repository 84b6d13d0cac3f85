package dev.wonflow.payment.gateway.toss;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wonflow.payment.gateway.CallLimits;
import dev.wonflow.payment.payment.StatusCheckProperties;
import dev.wonflow.payment.payment.World;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TossPropertiesTest {

    private final StatusCheckProperties resolver = new World().resolver;

    @Test
    void call_that_outlives_the_resolvers_patience_is_refused() {
        assertThatCode(() -> resolver.requireLongerThan(limits(60, 20))).doesNotThrowAnyException();
        assertThatThrownBy(() -> resolver.requireLongerThan(limits(88, 20)))
                .hasMessage(
                        "wonflow.resolver.orphan-after: PT1M30S (expected: more than a confirm and a look may take, PT1M52S)");
        assertThatThrownBy(() -> patient().requireLongerThan(limits(60, 120)))
                .hasMessageStartingWith("wonflow.resolver.lease: PT3M (expected: more than");
    }

    @Test
    void timeout_of_nothing_is_refused() {
        assertThatThrownBy(() -> timeouts(0, 20)).hasMessage("wonflow.toss.read-timeout: PT0S (expected: more than 0)");
    }

    private StatusCheckProperties patient() {
        return new StatusCheckProperties(
                resolver.pollInterval(),
                resolver.firstDelay(),
                resolver.maxDelay(),
                Duration.ofHours(1),
                resolver.confirmWindow(),
                resolver.atOnce(),
                resolver.lease(),
                resolver.hintDelay(),
                resolver.hintWindow());
    }

    private static CallLimits limits(long read, long inquiry) {
        return timeouts(read, inquiry).callLimits();
    }

    private static TossProperties timeouts(long read, long inquiry) {
        return new TossProperties(Duration.ofSeconds(2), Duration.ofSeconds(read), Duration.ofSeconds(inquiry), false);
    }
}
