package dev.wonflow.payment.refund;

import static dev.wonflow.payment.payment.PaymentFixture.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.money.Money;
import dev.wonflow.payment.gateway.CancelOutcome;
import dev.wonflow.payment.gateway.Failure;
import dev.wonflow.payment.gateway.GatewayCancel;
import dev.wonflow.payment.gateway.GatewayFinding;
import dev.wonflow.payment.incident.Incident;
import dev.wonflow.payment.payment.PaymentEvent;
import dev.wonflow.payment.payment.PaymentFixture;
import dev.wonflow.payment.payment.PaymentStatus;
import dev.wonflow.payment.payment.RefundOrigin;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RefundClosedOrderTest {

    private final RefundWorld refunds = new RefundWorld();

    @Test
    void money_of_an_order_that_is_called_off_goes_back_by_itself() {
        refunds.world.cancelPayment().orderCancelled(PaymentFixture.ORDER, PaymentFixture.TENANT);
        refunds.willAnswer(33_000);

        refunds.workOff();

        assertThat(refunds.world.status()).isEqualTo(PaymentStatus.REFUNDED);
        assertThat(refunds.world.published)
                .containsExactly(new PaymentEvent.Refunded(PaymentFixture.PRICE, RefundOrigin.AUTOMATIC, NOON));
        assertThat(refunds.world.incidents).isEmpty();
    }

    @Test
    void however_often_it_is_seen_it_goes_back_once() {
        refunds.world.cancelPayment().orderCancelled(PaymentFixture.ORDER, PaymentFixture.TENANT);
        refunds.cancelAtToss(1_000);
        refunds.world
                .settlePayment()
                .finding(
                        refunds.world.payment().id(),
                        PaymentFixture.KEY,
                        refunds.world.payment().version(),
                        refunds.seen());

        assertThat(refunds.refunds.open(refunds.world.payment().id())).hasSize(1);
    }

    @Test
    void person_is_told_when_toss_does_not_give_it_back() {
        refunds.world.cancelPayment().orderCancelled(PaymentFixture.ORDER, PaymentFixture.TENANT);
        refunds.world.gateway.cancelOutcomes.add(
                new CancelOutcome.Declined(new Failure("NOT_CANCELABLE_PAYMENT", null)));

        refunds.workOff();

        assertThat(refunds.world.status()).isEqualTo(PaymentStatus.PAID);
        assertThat(refunds.world.incidents)
                .extracting(Incident::kind)
                .containsExactly(Incident.Kind.PAID_FOR_CLOSED_ORDER);
    }

    @Test
    void nobody_is_told_when_someone_else_gave_it_back_meanwhile() {
        refunds.world.cancelPayment().orderCancelled(PaymentFixture.ORDER, PaymentFixture.TENANT);
        refunds.cancelAtToss(33_000);
        refunds.world.gateway.cancelOutcomes.add(
                new CancelOutcome.Overtaken(new Failure("ALREADY_CANCELED_PAYMENT", null)));
        refunds.workOff();
        refunds.world.clock.advance(Duration.ofSeconds(1));
        refunds.world.gateway.findings.add(refunds.seen());

        refunds.workOff();

        assertThat(refunds.world.status()).isEqualTo(PaymentStatus.REFUNDED);
        assertThat(refunds.world.incidents).isEmpty();
    }

    @Test
    void rest_goes_back_when_someone_else_gave_a_part_back_meanwhile() {
        refunds.world.cancelPayment().orderCancelled(PaymentFixture.ORDER, PaymentFixture.TENANT);
        refunds.cancelAtToss(1_000);
        refunds.world.gateway.cancelOutcomes.add(
                new CancelOutcome.Overtaken(new Failure("NOT_CANCELABLE_AMOUNT", null)));
        refunds.workOff();
        refunds.world.clock.advance(Duration.ofSeconds(1));
        refunds.world.gateway.findings.add(refunds.seen());
        refunds.workOff();
        refunds.world.clock.advance(Duration.ofSeconds(1));
        refunds.willAnswer(32_000);

        refunds.workOff();

        assertThat(refunds.world.status()).isEqualTo(PaymentStatus.REFUNDED);
        assertThat(refunds.world.published)
                .containsExactly(
                        new PaymentEvent.PartiallyRefunded(
                                Money.ofWon(1_000), Money.ofWon(32_000), RefundOrigin.EXTERNAL, NOON.plusSeconds(1)),
                        new PaymentEvent.Refunded(PaymentFixture.PRICE, RefundOrigin.AUTOMATIC, NOON.plusSeconds(2)));
        assertThat(refunds.world.incidents).isEmpty();
    }

    @Test
    void nothing_is_asked_for_again_while_a_cancel_made_elsewhere_is_on_its_way() {
        refunds.world.cancelPayment().orderCancelled(PaymentFixture.ORDER, PaymentFixture.TENANT);
        refunds.cancelAtToss(1_000, GatewayCancel.State.IN_PROGRESS);
        refunds.world.gateway.cancelOutcomes.add(
                new CancelOutcome.Overtaken(new Failure("NOT_MATCHES_REFUNDABLE_AMOUNT", null)));
        refunds.workOff();
        for (int round = 0; round < 5; round++) {
            refunds.world.clock.advance(Duration.ofSeconds(1));
            refunds.world.gateway.findings.add(refunds.seen());
            refunds.workOff();
        }

        assertThat(refunds.refunds.rows).hasSize(1);
        assertThat(refunds.world.gateway.cancelled).hasSize(1);
        assertThat(refunds.world.incidents)
                .extracting(Incident::kind)
                .containsExactly(Incident.Kind.PAID_FOR_CLOSED_ORDER);
    }

    @Test
    void what_toss_declines_to_a_caller_goes_back_by_itself_if_the_order_is_closed_meanwhile() {
        RefundId id = refunds.given(33_000);
        refunds.refunds.plan(id, refunds.world.payment().id(), NOON);
        refunds.world.cancelPayment().orderCancelled(PaymentFixture.ORDER, PaymentFixture.TENANT);
        refunds.world.gateway.cancelOutcomes.add(
                new CancelOutcome.Declined(new Failure("EXCEED_MAX_REFUND_DUE", null)));

        refunds.workOff();

        assertThat(refunds.status(id)).isEqualTo(RefundStatus.FAILED);
        assertThat(refunds.refunds.open(refunds.world.payment().id()))
                .singleElement()
                .satisfies(refund -> assertThat(refund.origin()).isEqualTo(RefundOrigin.AUTOMATIC));
    }

    @Test
    void deposit_waits_for_someone_who_knows_an_account() {
        RefundWorld deposited = new RefundWorld(PaymentStatus.WAITING_FOR_DEPOSIT);
        deposited
                .world
                .settlePayment()
                .finding(
                        deposited.world.payment().id(),
                        PaymentFixture.KEY,
                        deposited.world.payment().version(),
                        PaymentFixture.seenAccount(GatewayFinding.State.DONE));

        deposited.world.cancelPayment().orderCancelled(PaymentFixture.ORDER, PaymentFixture.TENANT);

        assertThat(deposited.refunds.rows).isEmpty();
        assertThat(deposited.world.incidents)
                .extracting(Incident::kind)
                .containsExactly(Incident.Kind.PAID_FOR_CLOSED_ORDER);
    }
}
