package dev.wonflow.payment.statuscheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wonflow.payment.PaymentId;
import dev.wonflow.payment.gateway.Failure;
import dev.wonflow.payment.gateway.GatewayFinding;
import dev.wonflow.payment.gateway.GatewayFinding.State;
import dev.wonflow.payment.gateway.GatewayOutcome;
import dev.wonflow.payment.payment.PaymentEvent;
import dev.wonflow.payment.payment.PaymentFixture;
import dev.wonflow.payment.payment.PaymentStatus;
import dev.wonflow.payment.payment.World;
import dev.wonflow.payment.webhook.Grade;
import dev.wonflow.payment.webhook.Webhooks;
import dev.wonflow.testsupport.MutableClock;
import dev.wonflow.testsupport.SequentialIds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CheckPaymentsTest {

    private final CheckedWorld checked = new CheckedWorld();
    private final World world = checked.world;
    private final CheckPayments checks = checked.checks;

    @ParameterizedTest
    @Tag("F7")
    @CsvSource({
        "DONE, PAID",
        "WAITING_FOR_DEPOSIT, WAITING_FOR_DEPOSIT",
        "ABORTED, FAILED",
        "EXPIRED, FAILED",
        "CANCELED, REFUNDED",
        "READY, UNKNOWN",
        "UNLISTED, UNKNOWN"
    })
    void unknown_payment_takes_the_state_toss_says(State state, PaymentStatus expected) {
        given(PaymentStatus.UNKNOWN);
        world.gateway.findings.add(PaymentFixture.seen(state));

        checks.runOnce();

        assertThat(world.status()).isEqualTo(expected);
        assertThat(world.statusChecks.required.isEmpty())
                .as("nothing left to ask")
                .isEqualTo(expected != PaymentStatus.UNKNOWN && expected != PaymentStatus.WAITING_FOR_DEPOSIT);
    }

    @Test
    @Tag("F1")
    void payment_toss_still_holds_open_is_confirmed_again_under_the_same_key() {
        given(PaymentStatus.UNKNOWN);
        world.clock.advance(Duration.ofMinutes(9));
        world.gateway.findings.add(PaymentFixture.seen(State.IN_PROGRESS));
        world.gateway.outcomes.add(new GatewayOutcome.Approved(PaymentFixture.approvedCharge()));

        checks.runOnce();

        assertThat(world.status()).isEqualTo(PaymentStatus.PAID);
        assertThat(world.gateway.confirmed)
                .singleElement()
                .satisfies(attempt ->
                        assertThat(attempt.idempotencyKey()).isEqualTo(PaymentFixture.firstIdempotencyKey()));
    }

    @Test
    void confirm_is_not_repeated_once_its_window_has_closed() {
        given(PaymentStatus.UNKNOWN);
        world.clock.advance(Duration.ofMinutes(10));
        world.gateway.findings.add(PaymentFixture.seen(State.IN_PROGRESS));

        checks.runOnce();

        assertThat(world.gateway.confirmed).isEmpty();
        assertThat(world.status()).isEqualTo(PaymentStatus.UNKNOWN);
    }

    @Test
    void absent_payment_has_failed_only_when_its_window_has_closed() {
        given(PaymentStatus.UNKNOWN);
        world.gateway.findings.add(new GatewayFinding.Absent("NOT_FOUND_PAYMENT"));
        world.gateway.findings.add(new GatewayFinding.Absent("NOT_FOUND_PAYMENT"));
        world.clock.advance(Duration.ofMinutes(9));

        checks.runOnce();
        assertThat(world.status()).isEqualTo(PaymentStatus.UNKNOWN);

        world.clock.advance(Duration.ofMinutes(1));
        checks.runOnce();
        assertThat(world.status()).isEqualTo(PaymentStatus.FAILED);
    }

    @Test
    @Tag("F1")
    void not_found_after_a_lost_answer_stays_unknown_until_the_window_has_closed() {
        given(PaymentStatus.UNKNOWN);
        world.gateway.findings.add(PaymentFixture.seen(State.IN_PROGRESS));
        world.gateway.outcomes.add(new GatewayOutcome.NotFound(new Failure("NOT_FOUND_PAYMENT", null)));

        checks.runOnce();

        assertThat(world.status()).isEqualTo(PaymentStatus.UNKNOWN);
        assertThat(world.statusChecks.required).isNotEmpty();
    }

    @Test
    @Tag("F1")
    void passing_time_alone_never_decides() {
        given(PaymentStatus.UNKNOWN);

        for (int day = 0; day < 100; day++) {
            world.gateway.findings.add(new GatewayFinding.Unclear("HTTP_500"));
            checks.runOnce();
            world.clock.advance(Duration.ofDays(1));
        }

        assertThat(world.gateway.asked).hasSize(100);
        assertThat(world.status()).isEqualTo(PaymentStatus.UNKNOWN);
        assertThat(world.published).isEmpty();
    }

    @Test
    void questions_come_less_and_less_often_up_to_a_limit() {
        PaymentId id = given(PaymentStatus.UNKNOWN);
        List<Long> delays = new ArrayList<>();

        for (int i = 0; i < 10; i++) {
            world.gateway.findings.add(new GatewayFinding.Unclear("HTTP_500"));
            checks.runOnce();
            Duration delay = Duration.between(world.clock.instant(), world.statusChecks.required.get(id));
            delays.add(delay.toSeconds());
            world.clock.advance(delay);
        }

        assertThat(delays).containsExactly(2L, 4L, 8L, 16L, 32L, 64L, 128L, 256L, 300L, 300L);
    }

    @Test
    @Tag("F14")
    void payment_left_behind_by_a_crash_is_taken_up() {
        given(PaymentStatus.CONFIRMING);
        world.clock.advance(Duration.ofSeconds(90));
        world.gateway.findings.add(PaymentFixture.seen(State.DONE));

        checks.runOnce();

        assertThat(world.status()).isEqualTo(PaymentStatus.PAID);
    }

    @Test
    void payment_left_behind_and_not_found_out_about_is_told_to_be_unknown_once() {
        given(PaymentStatus.CONFIRMING);
        world.clock.advance(Duration.ofSeconds(90));

        for (int i = 0; i < 3; i++) {
            world.gateway.findings.add(new GatewayFinding.Unclear("HTTP_500"));
            checks.runOnce();
            world.clock.advance(Duration.ofMinutes(6));
        }

        assertThat(world.status()).isEqualTo(PaymentStatus.UNKNOWN);
        assertThat(world.published).hasExactlyElementsOfTypes(PaymentEvent.OutcomeUnknown.class);
    }

    @Test
    void hint_during_a_confirm_does_not_send_a_second_one() {
        PaymentId id = given(PaymentStatus.CONFIRMING);
        hint(id, "DONE");
        world.gateway.findings.add(PaymentFixture.seen(State.IN_PROGRESS));

        checks.runOnce();

        assertThat(world.gateway.confirmed).isEmpty();
        assertThat(world.status()).isEqualTo(PaymentStatus.CONFIRMING);
        assertThat(world.statusChecks.required).containsEntry(id, MutableClock.START.plusSeconds(90));
    }

    @Test
    void wrong_key_of_ours_is_an_incident_and_fails_nobody() {
        given(PaymentStatus.UNKNOWN);
        world.gateway.findings.add(new GatewayFinding.OurFault("UNAUTHORIZED_KEY"));

        checks.runOnce();

        assertThat(world.status()).isEqualTo(PaymentStatus.UNKNOWN);
        assertThat(world.incidents).hasSize(1);
    }

    @Test
    void webhook_that_says_what_is_known_costs_no_call() {
        PaymentId id = given(PaymentStatus.PAID);
        hint(id, "DONE");

        checks.runOnce();

        assertThat(world.gateway.asked).isEmpty();
        assertThat(world.webhooks.answers).containsExactly("ALREADY_KNOWN UNVERIFIED");
        assertThat(world.statusChecks.hinted).isEmpty();
    }

    @Test
    void forged_webhook_changes_nothing_and_stays_unverified() {
        PaymentId id = given(PaymentStatus.PAID);
        hint(id, "CANCELED");
        world.gateway.findings.add(PaymentFixture.seen(State.DONE));

        checks.runOnce();

        assertThat(world.status()).isEqualTo(PaymentStatus.PAID);
        assertThat(world.webhooks.answers).containsExactly("NO_CHANGE UNVERIFIED");
    }

    @Test
    void many_webhooks_about_one_payment_cost_one_call_and_have_one_effect() {
        PaymentId id = given(PaymentStatus.PAID);
        for (int i = 0; i < 100; i++) {
            hint(id, "CANCELED");
        }
        world.gateway.findings.add(PaymentFixture.seen(State.CANCELED));

        checks.runOnce();

        assertThat(world.gateway.asked).hasSize(1);
        assertThat(world.published).hasExactlyElementsOfTypes(PaymentEvent.Refunded.class);
        assertThat(world.webhooks.answers).hasSize(100).containsOnly("APPLIED FETCHED_BACK");
    }

    @Test
    void webhook_stays_pending_while_toss_gives_no_answer() {
        PaymentId id = given(PaymentStatus.PAID);
        hint(id, "CANCELED");
        world.gateway.findings.add(new GatewayFinding.Unclear("TIMEOUT"));

        checks.runOnce();

        assertThat(world.webhooks.pending).hasSize(1);
        assertThat(world.statusChecks.hinted).containsEntry(id, MutableClock.START.plusSeconds(2));
    }

    @Test
    void hints_that_anybody_can_send_wait_the_longer_the_more_of_them_led_to_nothing() {
        PaymentId id = given(PaymentStatus.PAID);
        List<Long> waits = new ArrayList<>();

        for (int i = 0; i < 10; i++) {
            hint(id, "CANCELED");
            world.gateway.findings.add(PaymentFixture.seen(State.DONE));
            checks.runOnce();
            waits.add(waitOfTheNextHint(id).toSeconds());
            world.clock.advance(waitOfTheNextHint(id));
        }

        assertThat(waits).containsExactly(4L, 8L, 16L, 32L, 64L, 128L, 256L, 300L, 300L, 300L);
    }

    @Test
    void hint_that_led_to_something_lets_the_next_one_through_soon() {
        PaymentId id = given(PaymentStatus.PAID);
        hint(id, "CANCELED");
        world.gateway.findings.add(PaymentFixture.seen(State.DONE));
        checks.runOnce();
        world.clock.advance(waitOfTheNextHint(id));
        hint(id, "CANCELED");
        world.gateway.findings.add(PaymentFixture.seen(State.CANCELED));

        checks.runOnce();

        assertThat(world.status()).isEqualTo(PaymentStatus.REFUNDED);
        assertThat(waitOfTheNextHint(id)).isEqualTo(world.statusCheckSettings.hintWindow());
    }

    @Test
    void status_check_that_fails_is_tried_again_later() {
        PaymentId id = given(PaymentStatus.UNKNOWN);

        assertThatThrownBy(checks::runOnce).hasMessageContaining("unexpected question");

        assertThat(world.statusChecks.required).containsEntry(id, MutableClock.START.plusSeconds(2));
    }

    @Test
    void hints_that_cost_no_call_cost_no_quota() {
        PaymentId id = given(PaymentStatus.PAID);

        for (int i = 0; i < 200; i++) {
            hint(id, "DONE");
            checks.runOnce();
        }

        assertThat(world.webhooks.answers).hasSize(200).containsOnly("ALREADY_KNOWN UNVERIFIED");
    }

    private Duration waitOfTheNextHint(PaymentId id) {
        return Duration.between(world.clock.instant(), Objects.requireNonNull(world.statusChecks.hintsFrom.get(id)));
    }

    private PaymentId given(PaymentStatus status) {
        PaymentId id = world.given(status);
        if (status == PaymentStatus.CONFIRMING) {
            world.statusChecks.require(id, world.clock.instant().plusSeconds(90));
        } else if (status == PaymentStatus.UNKNOWN) {
            world.statusChecks.require(id, world.clock.instant());
        }
        return id;
    }

    private void hint(PaymentId id, String status) {
        world.webhooks.pending.add(
                new Webhooks.Pending(SequentialIds.id(world.webhooks.pending.size()), Grade.UNVERIFIED, null, status));
        world.statusChecks.hint(id, false, world.clock.instant());
    }
}
