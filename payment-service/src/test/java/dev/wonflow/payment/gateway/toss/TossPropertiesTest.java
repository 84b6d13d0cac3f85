package dev.wonflow.payment.gateway.toss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wonflow.payment.gateway.CallLimits;
import dev.wonflow.payment.payment.StatusCheckProperties;
import dev.wonflow.payment.payment.World;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TossPropertiesTest {

    private final StatusCheckProperties statusCheckSettings = new World().statusCheckSettings;

    @Test
    void call_that_outlives_the_patience_of_status_checks_is_refused() {
        assertThatCode(() -> statusCheckSettings.requireLongerThan(limits(60, 20)))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> statusCheckSettings.requireLongerThan(limits(88, 20)))
                .hasMessage(
                        "wonflow.status-check.orphan-after: PT1M30S (expected: more than a confirm and a look may take, PT1M52S)");
        assertThatThrownBy(() -> patient().requireLongerThan(limits(60, 120)))
                .hasMessageStartingWith("wonflow.status-check.lease: PT3M (expected: more than");
    }

    @Test
    void limit_of_a_call_is_that_of_the_slower_one_of_confirm_and_cancel() {
        TossProperties slowCancels = new TossProperties(
                Duration.ofSeconds(2),
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                Duration.ofSeconds(5),
                1,
                1,
                1,
                1,
                false);

        assertThat(slowCancels.callLimits().confirmAndLook()).isEqualTo(Duration.ofSeconds(39));
    }

    @Test
    void timeout_of_nothing_is_refused() {
        assertThatThrownBy(() -> timeouts(0, 20)).hasMessage("wonflow.toss.read-timeout: PT0S (expected: more than 0)");
    }

    private StatusCheckProperties patient() {
        return new StatusCheckProperties(
                statusCheckSettings.pollInterval(),
                statusCheckSettings.firstDelay(),
                statusCheckSettings.maxDelay(),
                Duration.ofHours(1),
                statusCheckSettings.confirmWindow(),
                statusCheckSettings.atOnce(),
                statusCheckSettings.lease(),
                statusCheckSettings.hintDelay(),
                statusCheckSettings.hintWindow());
    }

    private static CallLimits limits(long read, long check) {
        return timeouts(read, check).callLimits();
    }

    private static TossProperties timeouts(long read, long check) {
        return new TossProperties(
                Duration.ofSeconds(2),
                Duration.ofSeconds(read),
                Duration.ofSeconds(1),
                Duration.ofSeconds(check),
                1,
                1,
                1,
                1,
                false);
    }
}
