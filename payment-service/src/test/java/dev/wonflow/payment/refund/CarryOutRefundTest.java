package dev.wonflow.payment.refund;

import static dev.wonflow.payment.payment.PaymentFixture.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.money.Money;
import dev.wonflow.payment.gateway.CancelOutcome;
import dev.wonflow.payment.gateway.Cancellation;
import dev.wonflow.payment.gateway.Failure;
import dev.wonflow.payment.gateway.GatewayCancel;
import dev.wonflow.payment.gateway.GatewayFinding;
import dev.wonflow.payment.incident.Incident;
import dev.wonflow.payment.payment.PaymentEvent;
import dev.wonflow.payment.payment.PaymentFixture;
import dev.wonflow.payment.payment.PaymentStatus;
import dev.wonflow.payment.payment.RefundOrigin;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

class CarryOutRefundTest {

    private final RefundWorld refunds = new RefundWorld();

    @Test
    void part_goes_back_and_is_announced_as_asked_for_here() {
        RefundId id = refunds.given(12_000);
        refunds.willAnswer(12_000);

        assertThat(goOn(id)).isEmpty();

        assertThat(refunds.status(id)).isEqualTo(RefundStatus.DONE);
        assertThat(refunds.world.payment().balance()).isEqualTo(Money.ofWon(21_000));
        assertThat(refunds.world.published)
                .containsExactly(new PaymentEvent.PartiallyRefunded(
                        Money.ofWon(12_000), Money.ofWon(21_000), RefundOrigin.REQUESTED, NOON));
        assertThat(refunds.world.gateway.cancelled).singleElement().satisfies(call -> {
            assertThat(call.idempotencyKey()).isEqualTo("refund:" + id + ":1");
            assertThat(call.refundable()).isEqualTo(PaymentFixture.PRICE);
        });
    }

    @Test
    void lost_answer_is_read_back_from_the_cancels_and_nothing_is_asked_for_again() {
        RefundId id = refunds.given(12_000);
        refunds.world.gateway.meanwhile = () -> {
            refunds.world.gateway.meanwhile = () -> {};
            refunds.cancelAtToss(12_000);
        };
        refunds.world.gateway.cancelOutcomes.add(new CancelOutcome.Unknown("CONNECTION_LOST"));

        Optional<Instant> next = goOn(id);
        assertThat(next).contains(NOON.plusSeconds(2));
        assertThat(refunds.status(id)).isEqualTo(RefundStatus.UNKNOWN);
        look(next.get());

        assertThat(goOn(id)).isEmpty();
        assertThat(refunds.status(id)).isEqualTo(RefundStatus.DONE);
        assertThat(refunds.world.gateway.cancelled).hasSize(1);
        assertThat(refunds.world.payment().balance()).isEqualTo(Money.ofWon(21_000));
    }

    @Test
    void call_that_never_reached_toss_is_repeated_under_the_same_key() {
        RefundId id = refunds.given(12_000);
        refunds.world.gateway.cancelOutcomes.add(new CancelOutcome.Unknown("NO_CONNECTION"));
        look(goOn(id).orElseThrow());
        refunds.willAnswerAfterLook(12_000);

        assertThat(goOn(id)).isEmpty();

        assertThat(refunds.world.gateway.cancelled)
                .extracting(Cancellation::idempotencyKey)
                .containsExactly("refund:" + id + ":1", "refund:" + id + ":1");
    }

    @Test
    void answer_toss_would_repeat_needs_a_new_key_once_a_look_shows_that_nothing_happened() {
        RefundId id = refunds.given(12_000);
        refunds.world.gateway.cancelOutcomes.add(new CancelOutcome.Unclear("FAILED_REFUND_PROCESS"));
        look(goOn(id).orElseThrow());
        refunds.willAnswerAfterLook(12_000);

        assertThat(goOn(id)).isEmpty();

        assertThat(refunds.world.gateway.cancelled)
                .extracting(Cancellation::idempotencyKey)
                .containsExactly("refund:" + id + ":1", "refund:" + id + ":2");
    }

    @Test
    void refusal_for_good_ends_the_refund_and_leaves_the_money() {
        RefundId id = refunds.given(12_000);
        refunds.world.gateway.cancelOutcomes.add(
                new CancelOutcome.Declined(new Failure("EXCEED_MAX_REFUND_DUE", "환불 기한이 지났습니다.")));

        assertThat(goOn(id)).isEmpty();

        assertThat(refunds.status(id)).isEqualTo(RefundStatus.FAILED);
        assertThat(refunds.world.payment().balance()).isEqualTo(PaymentFixture.PRICE);
        assertThat(refunds.world.published).isEmpty();
    }

    @Test
    void cancel_in_the_console_is_adopted_and_the_rest_is_asked_for_from_what_is_left() {
        RefundId id = refunds.given(12_000);
        refunds.cancelAtToss(1_000);
        refunds.world.gateway.cancelOutcomes.add(
                new CancelOutcome.Overtaken(new Failure("NOT_MATCHES_REFUNDABLE_AMOUNT", null)));
        look(goOn(id).orElseThrow());
        refunds.willAnswerAfterLook(12_000);

        assertThat(goOn(id)).isEmpty();

        assertThat(refunds.world.gateway.cancelled)
                .extracting(Cancellation::refundable)
                .containsExactly(PaymentFixture.PRICE, Money.ofWon(32_000));
        assertThat(refunds.world.published)
                .extracting(event -> ((PaymentEvent.PartiallyRefunded) event).origin())
                .containsExactly(RefundOrigin.EXTERNAL, RefundOrigin.REQUESTED);
        assertThat(refunds.world.payment().balance()).isEqualTo(Money.ofWon(20_000));
    }

    @Test
    void refund_of_what_someone_else_gave_back_meanwhile_fails() {
        RefundId id = refunds.given(33_000);
        refunds.cancelAtToss(20_000);
        refunds.world.gateway.cancelOutcomes.add(
                new CancelOutcome.Overtaken(new Failure("NOT_MATCHES_REFUNDABLE_AMOUNT", null)));
        look(goOn(id).orElseThrow());

        assertThat(goOn(id)).isEmpty();

        assertThat(refunds.status(id)).isEqualTo(RefundStatus.FAILED);
        assertThat(refunds.world.payment().status()).isEqualTo(PaymentStatus.PARTIALLY_REFUNDED);
    }

    @Test
    void two_refunds_of_one_payment_are_called_for_a_second_apart() {
        RefundId first = refunds.given(10_000);
        RefundId second = refunds.given(10_000);
        refunds.willAnswer(10_000);
        assertThat(goOn(first)).isEmpty();

        assertThat(goOn(second)).contains(NOON.plusSeconds(1));

        refunds.world.clock.advance(Duration.ofSeconds(1));
        refunds.willAnswer(10_000);
        assertThat(goOn(second)).isEmpty();
        assertThat(refunds.world.payment().balance()).isEqualTo(Money.ofWon(13_000));
    }

    @Test
    void refund_waits_for_one_that_is_not_known() {
        RefundId first = refunds.given(10_000);
        RefundId second = refunds.given(10_000);
        refunds.world.gateway.cancelOutcomes.add(new CancelOutcome.Unknown("TIMEOUT"));
        var _ = goOn(first);
        refunds.world.clock.advance(Duration.ofMinutes(1));

        assertThat(goOn(second)).contains(NOON.plusSeconds(64));

        assertThat(refunds.world.gateway.cancelled).hasSize(1);
    }

    @Test
    void cancel_on_its_way_is_followed_to_its_end() {
        RefundId id = refunds.given(12_000);
        refunds.world.gateway.meanwhile = () -> {
            refunds.world.gateway.meanwhile = () -> {};
            refunds.cancelAtToss(12_000, GatewayCancel.State.IN_PROGRESS);
            refunds.world.gateway.cancelOutcomes.add(new CancelOutcome.Answered(refunds.seen()));
        };

        look(goOn(id).orElseThrow());
        assertThat(refunds.status(id)).isEqualTo(RefundStatus.UNKNOWN);
        assertThat(refunds.world.payment().balance()).isEqualTo(PaymentFixture.PRICE);
        refunds.world.gateway.findings.clear();
        refunds.end(GatewayCancel.State.ABORTED);
        look(NOON.plusSeconds(60));

        assertThat(goOn(id)).isEmpty();
        assertThat(refunds.status(id)).isEqualTo(RefundStatus.FAILED);
        assertThat(refunds.world.payment().balance()).isEqualTo(PaymentFixture.PRICE);
    }

    @Test
    void cancels_that_do_not_account_for_what_is_gone_decide_nothing() {
        RefundId id = refunds.given(12_000);
        refunds.cancelAtToss(12_000);
        refunds.world.gateway.cancelOutcomes.add(new CancelOutcome.Unknown("TIMEOUT"));
        Instant next = goOn(id).orElseThrow();
        refunds.world.clock.set(next);
        refunds.world.gateway.findings.add(PaymentFixture.seen(GatewayFinding.State.PARTIAL_CANCELED));

        assertThat(goOn(id)).isPresent();

        assertThat(refunds.status(id)).isEqualTo(RefundStatus.UNKNOWN);
        assertThat(refunds.world.gateway.cancelled).hasSize(1);
    }

    @Test
    void refund_that_stays_unknown_is_told_to_a_person_and_looked_at_less_and_less_often() {
        RefundId id = refunds.given(12_000);
        Instant next = turns(20, id, _ -> new CancelOutcome.Unclear("FAILED_INTERNAL_SYSTEM_PROCESSING"));

        assertThat(refunds.world.gateway.cancelled).hasSize(5);
        assertThat(refunds.world.incidents).extracting(Incident::kind).containsExactly(Incident.Kind.REFUND_NOT_KNOWN);
        assertThat(Duration.between(refunds.world.clock.instant(), next)).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void person_is_told_also_if_the_last_of_the_turns_met_another_balance() {
        RefundId id = refunds.given(12_000);
        var _ = turns(
                8,
                id,
                i -> i < 7
                        ? new CancelOutcome.Unknown("TIMEOUT")
                        : new CancelOutcome.Overtaken(new Failure("NOT_MATCHES_REFUNDABLE_AMOUNT", null)));

        assertThat(refunds.world.gateway.cancelled).hasSize(8);
        assertThat(refunds.world.incidents).extracting(Incident::kind).containsExactly(Incident.Kind.REFUND_NOT_KNOWN);
    }

    @Test
    void fault_of_ours_that_lasts_ends_no_calls_and_the_refund_goes_on_by_itself() {
        RefundId id = refunds.given(12_000);
        Instant next = turns(12, id, _ -> new CancelOutcome.OurFault("UNAUTHORIZED_KEY"));
        assertThat(next)
                .as("pauses have grown")
                .isAfter(refunds.world.clock.instant().plusSeconds(60));
        refunds.world.clock.set(next);
        refunds.world.gateway.findings.add(new GatewayFinding.OurFault("UNAUTHORIZED_KEY"));
        look(goOn(id).orElseThrow());
        refunds.willAnswerAfterLook(12_000);

        assertThat(goOn(id)).isEmpty();

        assertThat(refunds.status(id)).isEqualTo(RefundStatus.DONE);
        // Each under a key of its own, for Toss repeats what it has said under one.
        assertThat(refunds.world.gateway.cancelled)
                .extracting(Cancellation::idempotencyKey)
                .doesNotHaveDuplicates()
                .hasSize(13);
        assertThat(refunds.world.incidents).extracting(Incident::kind).containsOnly(Incident.Kind.OUR_FAULT);
    }

    @Test
    void too_many_calls_are_no_word_about_the_refund_and_nobody_is_told() {
        RefundId id = refunds.given(12_000);
        Instant next = turns(12, id, _ -> new CancelOutcome.TooManyCalls("TOO_MANY_REQUESTS"));
        look(next);
        refunds.willAnswerAfterLook(12_000);

        assertThat(goOn(id)).isEmpty();

        assertThat(refunds.status(id)).isEqualTo(RefundStatus.DONE);
        assertThat(refunds.world.incidents).isEmpty();
    }

    @Test
    void vague_answers_are_counted_beside_faults_of_ours() {
        RefundId id = refunds.given(12_000);
        var _ = turns(
                20,
                id,
                i -> i == 2
                        ? new CancelOutcome.OurFault("UNAUTHORIZED_KEY")
                        : new CancelOutcome.Unclear("FAILED_REFUND_PROCESS"));

        assertThat(refunds.world.gateway.cancelled).hasSize(6);
        assertThat(refunds.world.incidents)
                .extracting(Incident::kind)
                .containsExactly(Incident.Kind.OUR_FAULT, Incident.Kind.REFUND_NOT_KNOWN);
    }

    /** Goes on as often, each time when it is due and with the outcome of its turn; answers when to go on. */
    private Instant turns(int number, RefundId id, IntFunction<CancelOutcome> outcome) {
        Instant next = NOON;
        for (int i = 0; i < number; i++) {
            refunds.world.clock.set(next);
            if (i > 0) {
                refunds.world.gateway.findings.add(refunds.seen());
            }
            refunds.world.gateway.cancelOutcomes.add(outcome.apply(i));
            next = goOn(id).orElseThrow();
        }
        return next;
    }

    /** Lets time pass until then; Toss will say what is so. */
    private void look(Instant due) {
        refunds.world.clock.set(due);
        refunds.world.gateway.findings.add(refunds.seen());
    }

    private Optional<Instant> goOn(RefundId id) {
        return refunds.carryOutRefund().goOn(id);
    }
}
