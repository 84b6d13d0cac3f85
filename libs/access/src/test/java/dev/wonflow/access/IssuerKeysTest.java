package dev.wonflow.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.RemoteKeySourceException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class IssuerKeysTest {

    private static final Duration FRESH = Duration.ofMinutes(5);
    private static final Duration GRACE = Duration.ofHours(12);
    private static final Duration MOMENT = Duration.ofMillis(1);

    private final List<JWK> published = new ArrayList<>(List.of(key("one")));
    private final List<Runnable> background = new ArrayList<>();
    private final AtomicInteger questions = new AtomicInteger();
    private long now;
    private boolean away;
    private boolean broken;

    private final IssuerKeys keys = new IssuerKeys(this::answer, FRESH, GRACE, () -> now, background::add);

    @Test
    void keys_are_asked_for_once_and_kept() throws Exception {
        for (int i = 0; i < 100; i++) {
            assertThat(find("one")).hasSize(1);
        }

        assertThat(questions).hasValue(1);
        assertThat(background).isEmpty();
    }

    @Test
    void older_keys_are_renewed_behind_the_callers_back() throws Exception {
        find("one");
        published.clear();
        published.add(key("two"));
        pass(FRESH.plus(MOMENT));

        assertThat(find("one")).hasSize(1);
        assertThat(find("one")).hasSize(1);
        assertThat(questions).hasValue(1);
        assertThat(background).hasSize(1);
        background.getFirst().run();

        assertThat(find("two")).hasSize(1);
        assertThat(find("one")).as("taken back by the issuer").isEmpty();
    }

    @Test
    void issuer_that_is_away_locks_nobody_out_until_the_grace_ends() throws Exception {
        find("one");
        away = true;
        pass(GRACE);

        assertThat(find("one")).hasSize(1);
        assertThat(find("one")).hasSize(1);
        assertThat(questions).hasValue(2);

        pass(MOMENT);
        assertThatThrownBy(() -> find("one")).isInstanceOf(RemoteKeySourceException.class);
        away = false;
        pass(IssuerKeys.PAUSE_WITHOUT_KEYS.plus(MOMENT));
        assertThat(find("one")).hasSize(1);
    }

    @Test
    void key_that_was_taken_back_while_nobody_called_counts_no_more() throws Exception {
        find("one");
        published.clear();
        published.add(key("two"));
        pass(FRESH.multipliedBy(2).plus(MOMENT));

        assertThat(find("one")).isEmpty();
    }

    @Test
    void answer_that_makes_no_sense_is_no_answer() throws Exception {
        find("one");
        broken = true;
        pass(FRESH.multipliedBy(2).plus(MOMENT));

        assertThat(find("one")).hasSize(1);
        assertThat(find("one")).hasSize(1);
        assertThat(questions).hasValue(2);
    }

    @Test
    void new_key_is_found_by_the_first_who_comes_with_it() throws Exception {
        find("one");
        published.add(key("two"));

        assertThat(find("two")).hasSize(1);
        assertThat(find("one")).hasSize(1);
        assertThat(questions).hasValue(2);
    }

    @Test
    void keys_may_change_several_times_in_a_row() throws Exception {
        for (int i = 0; i < IssuerKeys.AT_ONCE; i++) {
            published.clear();
            published.add(key("key-" + i));

            assertThat(find("key-" + i)).as("change " + i).hasSize(1);
        }
    }

    @Test
    void made_up_keys_lead_to_a_few_questions_and_then_to_one_in_a_while() throws Exception {
        find("one");
        for (int i = 0; i < 1_000; i++) {
            assertThat(find("made-up-" + i)).isEmpty();
        }
        assertThat(questions).hasValue(1 + IssuerKeys.AT_ONCE);

        for (int minute = 1; minute <= 60; minute++) {
            pass(IssuerKeys.PAUSE.plus(MOMENT));
            for (int i = 0; i < 100; i++) {
                assertThat(find("made-up-" + i)).isEmpty();
            }
            assertThat(questions).hasValue(1 + IssuerKeys.AT_ONCE + minute);
        }
    }

    @Test
    void new_key_is_found_within_a_pause_while_made_up_ones_keep_coming() throws Exception {
        find("one");
        for (int i = 0; i < 1_000; i++) {
            find("made-up-" + i);
        }
        published.add(key("two"));
        pass(IssuerKeys.PAUSE.plus(MOMENT));

        assertThat(find("made-up")).as("takes the question").isEmpty();
        assertThat(find("two")).as("has the answer").hasSize(1);
    }

    @Test
    void quiet_time_brings_the_questions_back_and_no_more_of_them() throws Exception {
        find("one");
        for (int i = 0; i < 100; i++) {
            find("made-up-" + i);
        }
        pass(Duration.ofHours(1));
        find("one");
        int before = questions.get();
        for (int i = 0; i < 100; i++) {
            find("made-up-" + i);
        }

        assertThat(questions.get() - before).isEqualTo(IssuerKeys.AT_ONCE);
    }

    @Test
    void made_up_keys_cannot_use_up_the_grace_of_good_ones() throws Exception {
        find("one");
        away = true;
        for (int i = 0; i < 5; i++) {
            pass(IssuerKeys.PAUSE.plus(MOMENT));
            assertThatThrownBy(() -> find("made-up")).isInstanceOf(KeySourceException.class);
            assertThat(find("one")).hasSize(1);
        }
    }

    @Test
    void issuer_that_was_never_there_is_asked_once_a_second_at_most() {
        away = true;
        for (int i = 0; i < 100; i++) {
            assertThatThrownBy(() -> find("one"))
                    .isInstanceOf(RemoteKeySourceException.class)
                    .hasMessage("keys: the issuer does not answer");
        }
        assertThat(questions).hasValue(1);

        pass(IssuerKeys.PAUSE_WITHOUT_KEYS.plus(MOMENT));
        assertThatThrownBy(() -> find("one")).isInstanceOf(RemoteKeySourceException.class);
        assertThat(questions).hasValue(2);
    }

    @Test
    void callers_who_come_together_share_one_answer() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        IssuerKeys shared = new IssuerKeys(
                () -> {
                    asked.countDown();
                    await(answer);
                    return answer();
                },
                FRESH,
                GRACE,
                () -> now,
                background::add);
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<JWK>>> found = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                found.add(callers.submit(() -> shared.get(selector("one"), null)));
            }
            await(asked);
            assertThat(found).as("all wait").noneMatch(Future::isDone);
            answer.countDown();

            for (Future<List<JWK>> each : found) {
                assertThat(each.get()).hasSize(1);
            }
        }
        assertThat(questions).hasValue(1);
    }

    private JWKSet answer() throws IOException {
        questions.incrementAndGet();
        if (away) {
            throw new IOException("connection refused");
        }
        if (broken) {
            throw new IllegalStateException("not what anybody expects");
        }
        return new JWKSet(List.copyOf(published));
    }

    private List<JWK> find(String id) throws KeySourceException {
        return keys.get(selector(id), null);
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }

    private static JWKSelector selector(String id) {
        return new JWKSelector(new JWKMatcher.Builder().keyID(id).build());
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JWK key(String id) {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID(id).generate().toPublicJWK();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
