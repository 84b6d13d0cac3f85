package dev.wonflow.payment.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wonflow.payment.Keysets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SealPropertiesTest {

    private static final Duration INTERVAL = Duration.ofMinutes(10);

    @Test
    void keyset_is_not_printed() {
        String keyset = Keysets.of(1);

        assertThat(new SealProperties(keyset, INTERVAL, 100).toString())
                .isEqualTo("SealProperties[keyset=***, resealInterval=PT10M, resealBatch=100]");
        assertThat(new Keyset("wonflow.billing.keyset", keyset).toString()).doesNotContain(keyset);
    }

    @Test
    void interval_and_batch_are_told_with_what_was_expected() {
        assertThatThrownBy(() -> new SealProperties(null, Duration.ZERO, 100))
                .hasMessage("wonflow.billing.reseal-interval: PT0S (expected: more than 0)");
        assertThatThrownBy(() -> new SealProperties(null, INTERVAL, 0))
                .hasMessage("wonflow.billing.reseal-batch: 0 (expected: 1 to 10000)");
        assertThatThrownBy(() -> new SealProperties(null, INTERVAL, 10_001)).hasMessageContaining("10001");
    }
}
