package dev.wonflow.payment;

import static dev.wonflow.payment.PaymentFixture.KEY;
import static dev.wonflow.payment.PaymentFixture.NOON;
import static dev.wonflow.payment.PaymentFixture.ORDER;
import static dev.wonflow.payment.PaymentFixture.OTHER_KEY;
import static dev.wonflow.payment.PaymentFixture.PRICE;
import static dev.wonflow.payment.PaymentFixture.aCharge;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wonflow.money.Money;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConfirmPaymentTest {

    private final World world = new World();

    @Test
    void approved_payment_is_paid_and_announced() throws InterruptedException {
        PaymentId id = world.given(PaymentStatus.REQUESTED);
        world.gateway.outcomes.add(new GatewayOutcome.Approved(aCharge()));

        Payment paid = confirm(KEY, PRICE);

        assertThat(paid.status()).isEqualTo(PaymentStatus.PAID);
        assertThat(world.published).hasExactlyElementsOfTypes(PaymentEvent.Paid.class);
        assertThat(world.attempts.note(KEY)).isEqualTo("PAID");
        assertThat(world.inquiries.required).doesNotContainKey(id);
    }

    @Test
    void try_is_stored_before_toss_is_called() throws InterruptedException {
        PaymentId id = world.given(PaymentStatus.REQUESTED);
        world.gateway.outcomes.add(new GatewayOutcome.Approved(aCharge()));
        world.gateway.meanwhile = () -> {
            assertThat(world.status()).isEqualTo(PaymentStatus.CONFIRMING);
            assertThat(world.attempts.find(KEY))
                    .hasValueSatisfying(
                            attempt -> assertThat(attempt.idempotencyKey()).isEqualTo(ORDER + ":" + KEY));
            assertThat(world.inquiries.required).containsEntry(id, NOON.plusSeconds(90));
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
        assertThat(world.inquiries.required).containsEntry(id, NOON.plusSeconds(2));
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
        world.gateway.outcomes.add(new GatewayOutcome.Approved(aCharge(OTHER_KEY, PRICE)));

        assertThat(confirm(OTHER_KEY, PRICE).paymentKey()).isEqualTo(OTHER_KEY);
        assertThat(world.gateway.confirmed)
                .extracting(Attempt::idempotencyKey)
                .containsExactly(ORDER + ":" + OTHER_KEY);
    }

    @Test
    void second_caller_waits_and_gets_the_result_of_the_first() throws InterruptedException {
        PaymentId id = world.given(PaymentStatus.CONFIRMING);
        world.meanwhile = () -> world.settlePayment().outcome(id, KEY, new GatewayOutcome.Approved(aCharge()));

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
        world.gateway.outcomes.add(new GatewayOutcome.Approved(aCharge()));
        world.gateway.meanwhile =
                () -> world.settlePayment().finding(id, KEY, PaymentFixture.seen(GatewayFinding.State.DONE));

        assertThat(confirm(KEY, PRICE).status()).isEqualTo(PaymentStatus.PAID);
        assertThat(world.published).hasExactlyElementsOfTypes(PaymentEvent.Paid.class);
    }

    @Test
    void decline_after_the_money_came_is_an_incident() throws InterruptedException {
        PaymentId id = world.given(PaymentStatus.REQUESTED);
        world.gateway.outcomes.add(new GatewayOutcome.Declined(PaymentFixture.DECLINE));
        world.gateway.meanwhile =
                () -> world.settlePayment().finding(id, KEY, PaymentFixture.seen(GatewayFinding.State.DONE));

        assertThat(confirm(KEY, PRICE).status()).isEqualTo(PaymentStatus.PAID);
        assertThat(world.incidents).extracting(Incident::kind).containsExactly(Incident.Kind.IMPOSSIBLE_STATE);
    }

    @Test
    void order_of_another_tenant_does_not_exist() {
        world.given(PaymentStatus.REQUESTED);

        assertThatThrownBy(() ->
                        world.confirmPayment().confirm(new ConfirmPayment.Request("hanbit-studio", ORDER, KEY, PRICE)))
                .isInstanceOf(PaymentNotFound.class);
    }

    private Payment confirm(PaymentKey key, Money amount) throws InterruptedException {
        return world.confirmPayment().confirm(new ConfirmPayment.Request("default", ORDER, key, amount));
    }
}
