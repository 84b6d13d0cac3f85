package dev.wonflow.sandbox.webhook.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebhookEnvelopesTest {

    @ParameterizedTest
    @CsvSource({
        "2026-01-02T05:46:59.653271999Z, 2026-01-02T14:46:59.653271",
        "2026-01-02T05:46:59.653270Z, 2026-01-02T14:46:59.65327",
        "2026-01-02T05:46:59.600Z, 2026-01-02T14:46:59.6",
        "2026-01-02T15:46:59Z, 2026-01-03T00:46:59"
    })
    void created_at_is_the_time_in_seoul_without_an_offset_and_without_trailing_zeros(Instant now, String createdAt) {
        assertThat(WebhookEnvelopes.createdAt(now)).isEqualTo(createdAt);
    }
}
