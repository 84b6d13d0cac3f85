package dev.wonflow.payment.payment;

import static dev.wonflow.payment.payment.PaymentFixture.KEY;
import static dev.wonflow.payment.payment.PaymentFixture.NOON;
import static dev.wonflow.payment.payment.PaymentFixture.ORDER;
import static dev.wonflow.payment.payment.PaymentFixture.OTHER_KEY;
import static dev.wonflow.payment.payment.PaymentFixture.PRICE;
import static dev.wonflow.payment.payment.PaymentFixture.aGatewayPayment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wonflow.access.Caller;
import dev.wonflow.money.Money;
import dev.wonflow.payment.PaymentId;
import dev.wonflow.payment.PaymentKey;
import dev.wonflow.payment.gateway.Attempt;
import dev.wonflow.payment.gateway.CallRoom;
import dev.wonflow.payment.gateway.Failure;
import dev.wonflow.payment.gateway.GatewayFinding;
import dev.wonflow.payment.gateway.GatewayOutcome;
import dev.wonflow.payment.gateway.Operation;
import dev.wonflow.payment.gateway.TossBusy;
import dev.wonflow.payment.incident.Incident;
import dev.wonflow.runtime.TenantId;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConfirmPaymentTest {

    private final World world = new World();

    @Test
    void approved_payment_is_paid_and_announced() throws InterruptedException {
        PaymentId id = world.given(PaymentStatus.REQUESTED);
        world.gateway.outcomes.add(new GatewayOutcome.Approved(aGatewayPayment()));

        Payment paid = confirm(KEY, PRICE);

        assertThat(paid.status()).isEqualTo(PaymentStatus.PAID);
        assertThat(world.published).hasExactlyElementsOfTypes(PaymentEvent.Paid.class);
        assertThat(world.attempts.note(KEY)).isEqualTo("PAID");
        assertThat(world.statusChecks.required).doesNotContainKey(id);
    }

    @Test
    void try_is_stored_before_toss_is_called() throws InterruptedException {
        PaymentId id = world.given(PaymentStatus.REQUESTED);
        world.gateway.outcomes.add(new GatewayOutcome.Approved(aGatewayPayment()));
        world.gateway.meanwhile = () -> {
            assertThat(world.status()).isEqualTo(PaymentStatus.CONFIRMING);
            assertThat(world.attempts.find(KEY))
                    .hasValueSatisfying(
                            attempt -> assertThat(attempt.idempotencyKey()).isEqualTo(ORDER + ":" + KEY));
            assertThat(world.statusChecks.required).containsEntry(id, NOON.plusSeconds(90));
        };

        confirm(KEY, PRICE);

        assertThat(world.gateway.confirmed).hasSize(1);
    }

    @Test
    void timeout_leaves_the_outcome_unknown_and_never_failed() throws InterruptedException {
        PaymentId id = world.given(PaymentStatus.REQUESTED);
        world.gateway.outcomes.add(new GatewayOutcome.Unknown("TIMEOUT"));

        Payment unknown = confirm(KEY, PRICE);

        assertThat(unknown.status()).isEqualTo(PaymentStatus.UNKNOWN);
        assertThat(world.published).containsExactly(new PaymentEvent.OutcomeUnknown("TIMEOUT", NOON));
        assertThat(world.attempts.note(KEY)).isEqualTo("UNKNOWN TIMEOUT");
        assertThat(world.statusChecks.required).containsEntry(id, NOON.plusSeconds(2));
    }

    @Test
    void amount_of_the_browser_is_refused_before_the_call_and_recorded() {
        world.given(PaymentStatus.REQUESTED);

        assertThatThrownBy(() -> confirm(KEY, Money.ofWon(100)))
                .isInstanceOfSatisfying(
                        ConfirmRefused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(ConfirmRefused.Reason.AMOUNT_MISMATCH));
        assertThat(world.gateway.confirmed).isEmpty();
        assertThat(world.incidents)
                .singleElement()
                .satisfies(
                        incident -> assertThat(incident.detail()).isEqualTo("amount: 100 KRW (expected: 33000 KRW)"));
    }

    @ParameterizedTest
    @EnumSource(names = {"PAID", "WAITING_FOR_DEPOSIT", "PARTIALLY_REFUNDED", "REFUNDED", "UNKNOWN", "FAILED"})
    void same_try_again_is_answered_and_not_sent(PaymentStatus status) throws InterruptedException {
        world.given(status);

        assertThat(confirm(KEY, PRICE).status()).isEqualTo(status);
        assertThat(world.gateway.confirmed).isEmpty();
        assertThat(world.published).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "CONFIRMING",
                "UNKNOWN",
                "PAID",
                "WAITING_FOR_DEPOSIT",
                "CANCELED",
                "PARTIALLY_REFUNDED",
                "REFUNDED"
            })
    void another_try_is_refused_while_money_may_be_taken_or_is(PaymentStatus status) {
        world.given(status);

        assertThatThrownBy(() -> confirm(OTHER_KEY, PRICE)).isInstanceOf(ConfirmRefused.class);
        assertThat(world.gateway.confirmed).isEmpty();
    }

    @Test
    void failed_payment_may_be_tried_again_with_the_key_of_a_new_window() throws InterruptedException {
        world.given(PaymentStatus.FAILED);
        world.gateway.outcomes.add(new GatewayOutcome.Approved(aGatewayPayment(OTHER_KEY, PRICE)));

        assertThat(confirm(OTHER_KEY, PRICE).paymentKey()).isEqualTo(OTHER_KEY);
        assertThat(world.gateway.confirmed)
                .extracting(Attempt::idempotencyKey)
                .containsExactly(ORDER + ":" + OTHER_KEY);
    }

    @Test
    void no_attempt_is_begun_while_too_many_confirms_are_at_work() throws InterruptedException {
        PaymentId id = world.given(PaymentStatus.REQUESTED);
        try (CallRoom.Place others = world.callRoom.place(Operation.CONFIRM)) {
            others.require();

            assertThatThrownBy(() -> confirm(KEY, PRICE)).isInstanceOf(TossBusy.class);
        }
        assertThat(world.status()).isEqualTo(PaymentStatus.REQUESTED);
        assertThat(world.attempts.find(KEY)).isEmpty();
        assertThat(world.statusChecks.required).doesNotContainKey(id);
        assertThat(world.audited).isEmpty();
        assertThat(world.callRoom.refused(Operation.CONFIRM)).isOne();

        world.gateway.outcomes.add(new GatewayOutcome.Approved(aGatewayPayment()));
        assertThat(confirm(KEY, PRICE).status()).isEqualTo(PaymentStatus.PAID);
    }

    @ParameterizedTest
    @EnumSource(names = {"PAID", "WAITING_FOR_DEPOSIT", "UNKNOWN", "FAILED", "CONFIRMING"})
    void repeat_calls_nobody_and_needs_no_place(PaymentStatus status) throws InterruptedException {
        world.given(status);
        try (CallRoom.Place others = world.callRoom.place(Operation.CONFIRM)) {
            others.require();

            assertThat(confirm(KEY, PRICE).status()).isEqualTo(status);
        }
        assertThat(world.callRoom.refused(Operation.CONFIRM)).isZero();
    }

    @Test
    void place_is_free_again_after_a_confirm_however_it_ended() throws InterruptedException {
        world.given(PaymentStatus.REQUESTED);
        world.gateway.meanwhile = () -> {
            throw new IllegalStateException("no answer at all");
        };
        assertThatThrownBy(() -> confirm(KEY, PRICE)).isInstanceOf(IllegalStateException.class);

        try (CallRoom.Place next = world.callRoom.place(Operation.CONFIRM)) {
            assertThat(next.take()).isTrue();
        }
    }

    @Test
    void second_caller_waits_and_gets_the_result_of_the_first() throws InterruptedException {
        PaymentId id = world.given(PaymentStatus.CONFIRMING);
        world.meanwhile = () -> world.settlePayment()
                .outcome(id, KEY, world.payment().version(), new GatewayOutcome.Approved(aGatewayPayment()));

        assertThat(confirm(KEY, PRICE).status()).isEqualTo(PaymentStatus.PAID);
        assertThat(world.gateway.confirmed).isEmpty();
    }

    @Test
    void second_caller_is_not_kept_waiting_for_ever() throws InterruptedException {
        world.given(PaymentStatus.CONFIRMING);

        assertThat(confirm(KEY, PRICE).status()).isEqualTo(PaymentStatus.CONFIRMING);
        assertThat(Duration.between(NOON, world.clock.instant()))
                .isBetween(Duration.ofSeconds(10), Duration.ofSeconds(11));
    }

    @Test
    void webhook_that_overtakes_the_answer_wins_and_is_told_once() throws InterruptedException {
        PaymentId id = world.given(PaymentStatus.REQUESTED);
        world.gateway.outcomes.add(new GatewayOutcome.Approved(aGatewayPayment()));
        world.gateway.meanwhile = () -> world.settlePayment()
                .finding(id, KEY, world.payment().version(), PaymentFixture.seen(GatewayFinding.State.DONE));

        assertThat(confirm(KEY, PRICE).status()).isEqualTo(PaymentStatus.PAID);
        assertThat(world.published).hasExactlyElementsOfTypes(PaymentEvent.Paid.class);
    }

    @Test
    void decline_after_the_money_came_is_an_incident() throws InterruptedException {
        PaymentId id = world.given(PaymentStatus.REQUESTED);
        world.gateway.outcomes.add(new GatewayOutcome.Declined(PaymentFixture.DECLINE));
        world.gateway.meanwhile = () -> world.settlePayment()
                .finding(id, KEY, world.payment().version(), PaymentFixture.seen(GatewayFinding.State.DONE));

        assertThat(confirm(KEY, PRICE).status()).isEqualTo(PaymentStatus.PAID);
        assertThat(world.incidents).extracting(Incident::kind).containsExactly(Incident.Kind.IMPOSSIBLE_STATE);
    }

    @Test
    void order_of_another_tenant_does_not_exist() {
        world.given(PaymentStatus.REQUESTED);

        assertThatThrownBy(() -> world.confirmPayment()
                        .confirm(new ConfirmPayment.Request(
                                new Caller(new TenantId("hanbit-studio"), "mina", null), ORDER, KEY, PRICE)))
                .isInstanceOf(PaymentNotFound.class);
    }

    @Test
    void made_up_key_ends_after_one_look_and_the_real_one_pays() throws InterruptedException {
        world.given(PaymentStatus.REQUESTED);
        world.gateway.outcomes.add(notFound());
        world.gateway.findings.add(new GatewayFinding.Absent("NOT_FOUND_PAYMENT"));

        assertThat(confirm(KEY, PRICE).failure()).isEqualTo(new Failure("NOT_FOUND_PAYMENT", null));
        assertThat(world.gateway.asked).containsExactly(KEY.value());
        assertThat(world.incidents).extracting(Incident::kind).containsExactly(Incident.Kind.KEY_UNKNOWN);

        world.gateway.outcomes.add(new GatewayOutcome.Approved(aGatewayPayment(OTHER_KEY, PRICE)));
        assertThat(confirm(OTHER_KEY, PRICE).status()).isEqualTo(PaymentStatus.PAID);
    }

    @Test
    void key_toss_knows_after_all_leaves_the_outcome_unknown() throws InterruptedException {
        world.given(PaymentStatus.REQUESTED);
        world.gateway.outcomes.add(notFound());
        world.gateway.findings.add(PaymentFixture.seen(GatewayFinding.State.IN_PROGRESS));

        assertThat(confirm(KEY, PRICE).status()).isEqualTo(PaymentStatus.UNKNOWN);
    }

    @Test
    void look_without_an_answer_leaves_the_outcome_unknown() throws InterruptedException {
        world.given(PaymentStatus.REQUESTED);
        world.gateway.outcomes.add(notFound());
        world.gateway.findings.add(new GatewayFinding.Unclear("TIMEOUT"));

        assertThat(confirm(KEY, PRICE).status()).isEqualTo(PaymentStatus.UNKNOWN);
    }

    @Test
    void flood_of_tries_is_limited_and_the_limit_passes() throws InterruptedException {
        world.given(PaymentStatus.REQUESTED);
        for (int i = 0; i < 10; i++) {
            world.gateway.outcomes.add(notFound());
            world.gateway.findings.add(new GatewayFinding.Absent("NOT_FOUND_PAYMENT"));
            assertThat(confirm(new PaymentKey("made-up-" + i), PRICE).status()).isEqualTo(PaymentStatus.FAILED);
            world.clock.advance(Duration.ofSeconds(6));
        }

        assertThatThrownBy(() -> confirm(KEY, PRICE)).isInstanceOfSatisfying(ConfirmRefused.class, refused -> {
            assertThat(refused.reason()).isEqualTo(ConfirmRefused.Reason.TOO_MANY_ATTEMPTS);
            assertThat(refused.retryAfter()).isEqualTo(Duration.ofMinutes(9));
        });
        assertThat(world.gateway.confirmed).hasSize(10);

        world.clock.advance(Duration.ofMinutes(9));
        world.gateway.outcomes.add(new GatewayOutcome.Approved(aGatewayPayment()));
        assertThat(confirm(KEY, PRICE).status()).isEqualTo(PaymentStatus.PAID);
    }

    @Test
    void order_called_off_before_it_was_announced_is_never_paid() {
        world.cancelPayment().orderCancelled(ORDER, PaymentFixture.TENANT);

        Payment payment = world.requestPayment()
                .request(PaymentFixture.CALLER, world.requestPayment().compare(PaymentFixture.aPurchase()));

        assertThat(payment.status()).isEqualTo(PaymentStatus.CANCELED);
        assertThat(world.published)
                .hasExactlyElementsOfTypes(PaymentEvent.Requested.class, PaymentEvent.Canceled.class);
        assertThatThrownBy(() -> confirm(KEY, PRICE))
                .isInstanceOfSatisfying(
                        ConfirmRefused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(ConfirmRefused.Reason.ORDER_CLOSED));
    }

    private static GatewayOutcome notFound() {
        return new GatewayOutcome.NotFound(new Failure("NOT_FOUND_PAYMENT", null));
    }

    private Payment confirm(PaymentKey key, Money amount) throws InterruptedException {
        return world.confirmPayment().confirm(new ConfirmPayment.Request(PaymentFixture.CALLER, ORDER, key, amount));
    }
}
