package dev.wonflow.payment.statuscheck;

import static dev.wonflow.payment.payment.PaymentFixture.KEY;
import static dev.wonflow.payment.payment.PaymentFixture.ORDER;
import static dev.wonflow.payment.payment.PaymentFixture.OTHER_KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wonflow.payment.PaymentId;
import dev.wonflow.payment.gateway.ClosingOutcome;
import dev.wonflow.payment.gateway.GatewayFinding;
import dev.wonflow.payment.gateway.GatewayFinding.State;
import dev.wonflow.payment.gateway.GatewayOutcome;
import dev.wonflow.payment.incident.Incident;
import dev.wonflow.payment.payment.ConfirmRefused;
import dev.wonflow.payment.payment.Payment;
import dev.wonflow.payment.payment.PaymentEvent;
import dev.wonflow.payment.payment.PaymentFixture;
import dev.wonflow.payment.payment.PaymentStatus;
import dev.wonflow.payment.payment.World;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An order is called off while its payment is under way: every order of the two happenings ends the same. */
@Tag("F16")
class ClosedOrdersTest {

    /** What became of the attempt at Toss. */
    enum Truth {
        PAID_BY_CARD,
        DECLINED,
        ACCOUNT_OPENED,
        DEPOSITED;

        GatewayOutcome answer() {
            return switch (this) {
                case PAID_BY_CARD -> new GatewayOutcome.Approved(PaymentFixture.approvedCharge());
                case DECLINED -> new GatewayOutcome.Declined(PaymentFixture.DECLINE);
                case ACCOUNT_OPENED, DEPOSITED ->
                    new GatewayOutcome.WaitingForDeposit(PaymentFixture.anAwaitedCharge());
            };
        }

        GatewayFinding look() {
            return switch (this) {
                case PAID_BY_CARD -> PaymentFixture.seen(State.DONE);
                case DECLINED -> PaymentFixture.seen(State.ABORTED);
                case ACCOUNT_OPENED -> PaymentFixture.seenAccount(State.WAITING_FOR_DEPOSIT);
                case DEPOSITED -> PaymentFixture.seenAccount(State.DONE);
            };
        }

        PaymentStatus end() {
            return switch (this) {
                case PAID_BY_CARD, DEPOSITED -> PaymentStatus.PAID;
                case DECLINED, ACCOUNT_OPENED -> PaymentStatus.CANCELED;
            };
        }
    }

    private enum Step {
        ANSWER,
        CLOSE,
        ASK,
        HEAR
    }

    @ParameterizedTest
    @EnumSource
    void every_order_of_closing_answer_and_look_ends_the_same(Truth truth) {
        List<List<Step>> orders = Interleavings.of(List.of(Step.values()), (a, b) -> a == Step.ASK && b == Step.HEAR);
        for (List<Step> order : orders) {
            Run run = new Run(truth);
            order.forEach(run::take);
            run.settleDown();

            Payment payment = run.world.payment();
            assertThat(payment.status()).as("%s", order).isEqualTo(truth.end());
            assertThat(payment.isOrderClosed()).as("%s: closed", order).isTrue();
            assertThat(run.world.incidents)
                    .as("%s: incidents", order)
                    .extracting(Incident::kind)
                    .containsExactlyElementsOf(
                            truth.end() == PaymentStatus.PAID
                                    ? List.of(Incident.Kind.PAID_FOR_CLOSED_ORDER)
                                    : List.of());
            assertThat(run.world.gateway.closed)
                    .as("%s: accounts closed at Toss", order)
                    .hasSize(truth == Truth.ACCOUNT_OPENED ? 1 : 0);
            assertThatThrownBy(() -> run.world.confirm(OTHER_KEY))
                    .as("%s", order)
                    .isInstanceOf(ConfirmRefused.class);
            assertThat(run.world.gateway.confirmed).as("%s: calls", order).isEmpty();
        }
        assertThat(orders).doesNotHaveDuplicates().hasSize(12);
    }

    @Test
    void running_confirm_that_is_declined_ends_the_payment_and_no_try_follows() throws InterruptedException {
        World world = new World();
        world.given(PaymentStatus.REQUESTED);
        world.gateway.outcomes.add(new GatewayOutcome.Declined(PaymentFixture.DECLINE));
        world.gateway.meanwhile = () -> world.cancelPayment().orderCancelled(ORDER, PaymentFixture.TENANT);

        assertThatThrownBy(() -> world.confirm(KEY)).satisfies(ClosedOrdersTest::isOrderClosed);

        assertThat(world.status()).isEqualTo(PaymentStatus.CANCELED);
        assertThat(world.published).hasExactlyElementsOfTypes(PaymentEvent.Failed.class, PaymentEvent.Canceled.class);
        assertThatThrownBy(() -> world.confirm(OTHER_KEY)).satisfies(ClosedOrdersTest::isOrderClosed);
        assertThat(world.gateway.confirmed).hasSize(1);
    }

    @Test
    void money_taken_in_spite_of_it_is_paid_and_says_that_it_must_go_back() throws InterruptedException {
        World world = new World();
        world.given(PaymentStatus.REQUESTED);
        world.gateway.outcomes.add(new GatewayOutcome.Approved(PaymentFixture.approvedCharge()));
        world.gateway.meanwhile = () -> world.cancelPayment().orderCancelled(ORDER, PaymentFixture.TENANT);

        assertThat(world.confirm(KEY).status()).isEqualTo(PaymentStatus.PAID);

        assertThat(world.incidents).singleElement().satisfies(incident -> {
            assertThat(incident.kind()).isEqualTo(Incident.Kind.PAID_FOR_CLOSED_ORDER);
            assertThat(incident.detail()).isEqualTo("money taken for a closed order; refund it");
        });
    }

    @ParameterizedTest
    @EnumSource
    void closing_is_remembered_in_every_status_and_once(PaymentStatus status) {
        World world = new World();
        world.given(status);

        world.cancelPayment().orderCancelled(ORDER, PaymentFixture.TENANT);
        Payment closed = world.payment();
        world.cancelPayment().orderCancelled(ORDER, PaymentFixture.TENANT);

        assertThat(closed.isOrderClosed()).isTrue();
        assertThat(world.payment()).isEqualTo(closed);
        assertThatThrownBy(() -> world.confirm(OTHER_KEY)).satisfies(ClosedOrdersTest::isOrderClosed);
    }

    @Test
    void confirm_is_not_repeated_for_a_closed_order() {
        CheckedWorld resolved = new CheckedWorld();
        World world = resolved.world;
        PaymentId id = world.given(PaymentStatus.UNKNOWN);
        world.statusChecks.require(id, world.clock.instant());
        world.cancelPayment().orderCancelled(ORDER, PaymentFixture.TENANT);

        resolved.passUntil(
                id, world.clock.instant().plus(Duration.ofMinutes(9)), () -> PaymentFixture.seen(State.IN_PROGRESS));
        assertThat(world.gateway.confirmed).isEmpty();

        resolved.passUntil(
                id, world.clock.instant().plus(Duration.ofHours(1)), () -> PaymentFixture.seen(State.EXPIRED));
        assertThat(world.status()).isEqualTo(PaymentStatus.CANCELED);
    }

    @Test
    void money_found_for_a_payment_that_had_ended_is_paid_and_reported() {
        World world = new World();
        PaymentId id = world.given(PaymentStatus.FAILED);
        world.cancelPayment().orderCancelled(ORDER, PaymentFixture.TENANT);
        assertThat(world.status()).isEqualTo(PaymentStatus.CANCELED);

        world.settlePayment().finding(id, null, world.payment().version(), PaymentFixture.seen(State.DONE));

        assertThat(world.status()).isEqualTo(PaymentStatus.PAID);
        assertThat(world.incidents).extracting(Incident::kind).containsExactly(Incident.Kind.PAID_FOR_CLOSED_ORDER);
    }

    private static void isOrderClosed(Throwable refused) {
        assertThat(refused)
                .isInstanceOfSatisfying(
                        ConfirmRefused.class,
                        e -> assertThat(e.reason()).isEqualTo(ConfirmRefused.Reason.ORDER_CLOSED));
    }

    /** One order of things, with the attempt under way. */
    private static final class Run {

        private final CheckedWorld resolved = new CheckedWorld();
        private final World world = resolved.world;
        private final PaymentId id = world.given(PaymentStatus.CONFIRMING);
        private final long calledAt = world.payment().version();
        private final Truth truth;
        private @Nullable Long askedAt;

        Run(Truth truth) {
            this.truth = truth;
            world.statusChecks.require(id, world.clock.instant().plusSeconds(90));
            world.gateway.closingOutcomes.add(
                    new ClosingOutcome.Answered((GatewayFinding.Seen) PaymentFixture.seenAccount(State.CANCELED)));
        }

        void take(Step step) {
            switch (step) {
                case ANSWER -> world.settlePayment().outcome(id, KEY, calledAt, truth.answer());
                case CLOSE -> world.cancelPayment().orderCancelled(ORDER, PaymentFixture.TENANT);
                case ASK -> askedAt = world.payment().version();
                case HEAR -> world.settlePayment().finding(id, KEY, Objects.requireNonNull(askedAt), truth.look());
            }
        }

        void settleDown() {
            resolved.passUntil(id, world.clock.instant().plus(Duration.ofHours(1)), this::atToss);
        }

        private GatewayFinding atToss() {
            return world.gateway.closed.isEmpty() ? truth.look() : PaymentFixture.seenAccount(State.CANCELED);
        }
    }
}
