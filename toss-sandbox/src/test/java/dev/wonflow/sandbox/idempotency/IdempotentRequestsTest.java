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
import org.springframework.util.unit.DataSize;

class IdempotentRequestsTest {

    private static final Clock NOON = Clock.fixed(Instant.parse("2026-01-05T03:00:00Z"), ZoneOffset.UTC);

    private final IdempotentRequests requests = new IdempotentRequests(settings(2), Assumed.with(), NOON);

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
    void beyond_the_memory_the_oldest_answers_are_forgotten() {
        IdempotentRequests roomy = new IdempotentRequests(settings(100), Assumed.with(), NOON);
        roomy.claim(identity("running"));
        for (String key : new String[] {"one", "two", "three", "four"}) {
            roomy.claim(identity(key));
            roomy.keep(identity(key), new KeptAnswer(200, new byte[400], "trace", null, null));
        }

        assertThat(roomy.state().answers())
                .extracting(entry -> entry.identity().key())
                .containsExactly("three", "four");
        assertThat(roomy.claim(identity("running"))).isInstanceOf(Finding.StillRunning.class);

        // What was forgotten, released or refused makes room again.
        roomy.restore(roomy.state());
        roomy.claim(identity("small"));
        roomy.keep(identity("small"), new KeptAnswer(200, new byte[200], "trace", null, null));
        assertThat(roomy.state().answers()).hasSize(3);
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
        IdempotentRequests forgiving =
                new IdempotentRequests(settings(2), Assumed.with("server-errors-kept=false"), NOON);
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

    private static IdempotencySettings settings(int capacity) {
        return new IdempotencySettings(Duration.ofDays(15), capacity, DataSize.ofBytes(1_000));
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
