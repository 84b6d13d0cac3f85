package dev.wonflow.payment.statuscheck;

import static dev.wonflow.payment.payment.PaymentFixture.DUE;
import static dev.wonflow.payment.payment.PaymentFixture.KEY;
import static dev.wonflow.payment.payment.PaymentFixture.NOON;
import static dev.wonflow.payment.payment.PaymentFixture.ORDER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.payment.PaymentId;
import dev.wonflow.payment.gateway.ClosingOutcome;
import dev.wonflow.payment.gateway.Failure;
import dev.wonflow.payment.gateway.GatewayFinding;
import dev.wonflow.payment.gateway.GatewayFinding.State;
import dev.wonflow.payment.gateway.GatewayOutcome;
import dev.wonflow.payment.incident.Incident;
import dev.wonflow.payment.payment.PaymentEvent;
import dev.wonflow.payment.payment.PaymentFixture;
import dev.wonflow.payment.payment.PaymentStatus;
import dev.wonflow.payment.payment.World;
import dev.wonflow.payment.webhook.Grade;
import dev.wonflow.payment.webhook.Webhooks;
import dev.wonflow.testsupport.SequentialIds;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Virtual accounts without a single webhook. */
class WaitingDepositsTest {

    private final CheckedWorld resolved = new CheckedWorld();
    private final World world = resolved.world;
    private PaymentId id = world.given(PaymentStatus.REQUESTED);

    @BeforeEach
    void openAccount() throws InterruptedException {
        world.gateway.outcomes.add(new GatewayOutcome.WaitingForDeposit(PaymentFixture.anAwaitedCharge()));
        id = world.confirm(KEY).id();
        world.published.clear();
    }

    @Test
    @Tag("F7")
    void deposit_nobody_told_of_is_found() {
        Instant deposited = NOON.plus(Duration.ofHours(30));

        resolved.passUntil(id, DUE, () -> tossWith(deposited));

        assertThat(world.status()).isEqualTo(PaymentStatus.PAID);
        assertThat(Duration.between(deposited, world.clock.instant())).isLessThan(Duration.ofHours(6));
        assertThat(world.statusChecks.required).isEmpty();
    }

    @Test
    void account_that_runs_out_in_silence_fails_soon_after_its_date() {
        int looks = resolved.passUntil(
                id,
                DUE.plus(Duration.ofDays(30)),
                () -> world.clock.instant().isAfter(DUE)
                        ? PaymentFixture.seenRunOut()
                        : PaymentFixture.seenAccount(State.WAITING_FOR_DEPOSIT));

        assertThat(world.status()).isEqualTo(PaymentStatus.FAILED);
        assertThat(world.payment().failure()).isEqualTo(new Failure(Failure.EXPIRED, null));
        assertThat(Duration.between(DUE, world.clock.instant())).isLessThan(Duration.ofMinutes(11));
        assertThat(looks).as("looks in seven days").isBetween(25, 60);
    }

    @Test
    void account_toss_never_calls_run_out_is_over_after_its_date_all_the_same() {
        resolved.passUntil(
                id, DUE.plus(Duration.ofDays(30)), () -> PaymentFixture.seenAccount(State.WAITING_FOR_DEPOSIT));

        assertThat(world.status()).isEqualTo(PaymentStatus.FAILED);
        assertThat(Duration.between(DUE, world.clock.instant())).isLessThan(Duration.ofMinutes(11));
    }

    @Test
    void deposit_of_the_last_minute_counts() {
        resolved.passUntil(id, DUE.plus(Duration.ofDays(1)), () -> tossWith(DUE.minusSeconds(1)));

        assertThat(world.status()).isEqualTo(PaymentStatus.PAID);
    }

    @Test
    @Tag("F16")
    void account_of_a_closed_order_is_closed_at_toss_under_a_stored_key() {
        world.gateway.closingOutcomes.add(answered(State.CANCELED));

        world.cancelPayment().orderCancelled(ORDER, PaymentFixture.TENANT);
        int looks = resolved.passUntil(
                id, NOON.plus(Duration.ofHours(1)), () -> PaymentFixture.seenAccount(State.WAITING_FOR_DEPOSIT));

        assertThat(looks).isEqualTo(1);
        assertThat(world.gateway.closed).containsExactly("close:" + ORDER + ":" + KEY + ":1");
        assertThat(world.status()).isEqualTo(PaymentStatus.CANCELED);
        assertThat(world.published)
                .containsExactly(new PaymentEvent.Canceled(PaymentEvent.CancelReason.ORDER_CANCELLED, NOON));
        assertThat(world.statusChecks.required).isEmpty();
    }

    @Test
    void intent_to_close_is_stored_before_the_call() {
        world.gateway.closingOutcomes.add(answered(State.CANCELED));
        world.cancelPayment().orderCancelled(ORDER, PaymentFixture.TENANT);
        world.gateway.findings.add(PaymentFixture.seenAccount(State.WAITING_FOR_DEPOSIT));
        world.gateway.meanwhile = () -> assertThat(world.closings.begun).hasSize(world.gateway.closed.size());

        resolved.checks.runOnce();

        assertThat(world.closings.begun).hasSize(1);
    }

    @Test
    void closing_that_was_not_answered_is_repeated_under_its_key_and_only_if_the_account_still_waits() {
        world.gateway.closingOutcomes.add(new ClosingOutcome.Unknown("TIMEOUT"));
        world.gateway.closingOutcomes.add(new ClosingOutcome.Unknown("TIMEOUT"));
        world.cancelPayment().orderCancelled(ORDER, PaymentFixture.TENANT);

        resolved.passUntil(
                id,
                NOON.plus(Duration.ofHours(1)),
                () -> world.gateway.closed.size() < 2
                        ? PaymentFixture.seenAccount(State.WAITING_FOR_DEPOSIT)
                        : PaymentFixture.seenAccount(State.CANCELED));

        assertThat(world.gateway.closed).hasSize(2).containsOnly("close:" + ORDER + ":" + KEY + ":1");
        assertThat(world.status()).isEqualTo(PaymentStatus.CANCELED);
    }

    @Test
    void closing_toss_refuses_again_and_again_is_reported_and_ends_with_the_account() {
        for (int i = 0; i < 60; i++) {
            world.gateway.closingOutcomes.add(new ClosingOutcome.Refused("FAILED_INTERNAL_SYSTEM_PROCESSING"));
        }
        world.cancelPayment().orderCancelled(ORDER, PaymentFixture.TENANT);

        resolved.passUntil(
                id, DUE.plus(Duration.ofDays(1)), () -> PaymentFixture.seenAccount(State.WAITING_FOR_DEPOSIT));

        assertThat(world.gateway.closed)
                .startsWith("close:" + ORDER + ":" + KEY + ":1", "close:" + ORDER + ":" + KEY + ":2")
                .doesNotHaveDuplicates()
                // A dozen in the first hour, then four a day.
                .hasSizeBetween(30, 50);
        assertThat(world.incidents).extracting(Incident::kind).containsOnly(Incident.Kind.ACCOUNT_NOT_CLOSED);
        assertThat(world.status()).isEqualTo(PaymentStatus.CANCELED);
    }

    @Test
    void account_found_open_for_a_payment_that_has_ended_is_closed_even_at_the_second_go() {
        CheckedWorld other = new CheckedWorld();
        PaymentId ended = other.world.given(PaymentStatus.CANCELED);
        other.world.gateway.closingOutcomes.add(new ClosingOutcome.Unknown("TIMEOUT"));
        other.world.gateway.closingOutcomes.add(answered(State.CANCELED));
        other.world.statusChecks.hint(ended, false, NOON);
        other.world.webhooks.pending.add(
                new Webhooks.Pending(SequentialIds.id(7), Grade.UNVERIFIED, KEY.value(), "WAITING_FOR_DEPOSIT"));
        other.world.gateway.findings.add(PaymentFixture.seenAccount(State.WAITING_FOR_DEPOSIT));

        other.checks.runOnce();
        other.passUntil(
                ended, NOON.plus(Duration.ofHours(1)), () -> PaymentFixture.seenAccount(State.WAITING_FOR_DEPOSIT));

        assertThat(other.world.gateway.closed).hasSize(2).containsOnly("close:" + ORDER + ":" + KEY + ":1");
        assertThat(other.world.status()).isEqualTo(PaymentStatus.CANCELED);
        assertThat(other.world.statusChecks.required).isEmpty();
    }

    @Test
    void deposit_that_arrives_for_a_closed_order_all_the_same_is_paid_and_must_go_back() {
        world.gateway.closingOutcomes.add(new ClosingOutcome.Refused("INVALID_REFUND_ACCOUNT_INFO"));
        world.cancelPayment().orderCancelled(ORDER, PaymentFixture.TENANT);

        resolved.passUntil(
                id,
                NOON.plus(Duration.ofHours(1)),
                () -> world.gateway.closed.isEmpty()
                        ? PaymentFixture.seenAccount(State.WAITING_FOR_DEPOSIT)
                        : PaymentFixture.seenAccount(State.DONE));

        assertThat(world.status()).isEqualTo(PaymentStatus.PAID);
        assertThat(world.incidents).extracting(Incident::kind).containsExactly(Incident.Kind.PAID_FOR_CLOSED_ORDER);
        assertThat(world.statusChecks.required).isEmpty();
    }

    private GatewayFinding tossWith(Instant deposited) {
        return PaymentFixture.seenAccount(
                world.clock.instant().isBefore(deposited) ? State.WAITING_FOR_DEPOSIT : State.DONE);
    }

    private static ClosingOutcome answered(State state) {
        return new ClosingOutcome.Answered((GatewayFinding.Seen) PaymentFixture.seenAccount(state));
    }
}
