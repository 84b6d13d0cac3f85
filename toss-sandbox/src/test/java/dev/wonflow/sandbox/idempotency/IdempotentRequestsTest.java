package dev.wonflow.sandbox.idempotency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.sandbox.Assumed;
import dev.wonflow.sandbox.idempotency.IdempotentRequests.Finding;
import dev.wonflow.sandbox.idempotency.IdempotentRequests.Identity;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class IdempotentRequestsTest {

    private static final Clock NOON = Clock.fixed(Instant.parse("2026-01-05T03:00:00Z"), ZoneOffset.UTC);

    private final IdempotentRequests requests =
            new IdempotentRequests(new IdempotencySettings(Duration.ofDays(15), 2), Assumed.with(), NOON);

    @Test
    void beyond_the_capacity_the_oldest_answer_is_forgotten() {
        answered("one");
        answered("two");
        answered("three");

        assertThat(requests.claim(identity("three"))).isInstanceOf(Finding.Answered.class);
        assertThat(requests.claim(identity("two"))).isInstanceOf(Finding.Answered.class);
        assertThat(requests.claim(identity("one"))).isInstanceOf(Finding.First.class);
    }

    @Test
    void a_running_request_is_not_forgotten() {
        requests.claim(identity("running"));
        answered("two");
        answered("three");
        answered("four");

        assertThat(requests.claim(identity("running"))).isInstanceOf(Finding.StillRunning.class);
    }

    @Test
    void a_server_error_is_kept_unless_told_otherwise() {
        IdempotentRequests forgiving = new IdempotentRequests(
                new IdempotencySettings(Duration.ofDays(15), 2), Assumed.with("server-errors-kept=false"), NOON);
        for (IdempotentRequests each : new IdempotentRequests[] {requests, forgiving}) {
            each.claim(identity("one"));
            each.keep(identity("one"), answer(500));
        }

        assertThat(requests.claim(identity("one"))).isInstanceOf(Finding.Answered.class);
        assertThat(forgiving.claim(identity("one"))).isInstanceOf(Finding.First.class);
    }

    @Test
    void a_released_claim_is_free_again() {
        requests.claim(identity("one"));
        requests.release(identity("one"));

        assertThat(requests.claim(identity("one"))).isInstanceOf(Finding.First.class);
    }

    private void answered(String key) {
        assertThat(requests.claim(identity(key))).isInstanceOf(Finding.First.class);
        requests.keep(identity(key), answer(200));
    }

    private static KeptAnswer answer(int status) {
        return new KeptAnswer(status, new byte[0], "trace", null, null);
    }

    private static Identity identity(String key) {
        return new Identity(key, "test_sk_1", "POST", "/v1/payments/confirm");
    }
}
