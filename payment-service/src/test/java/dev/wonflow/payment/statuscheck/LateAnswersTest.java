package dev.wonflow.payment.statuscheck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.payment.PaymentId;
import dev.wonflow.payment.PaymentKey;
import dev.wonflow.payment.gateway.GatewayFinding;
import dev.wonflow.payment.gateway.GatewayFinding.State;
import dev.wonflow.payment.gateway.GatewayOutcome;
import dev.wonflow.payment.payment.Payment;
import dev.wonflow.payment.payment.PaymentEvent;
import dev.wonflow.payment.payment.PaymentFixture;
import dev.wonflow.payment.payment.PaymentStatus;
import dev.wonflow.payment.payment.World;
import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A confirm and two looks over one virtual account: answers come in any order, whenever they were asked for. */
@Tag("F17")
class LateAnswersTest {

    /** What happens, here and at Toss. */
    private enum Step {
        CALL,
        OPENED,
        DEPOSITED,
        REVERSED,
        ANSWER,
        ASK_FIRST,
        HEAR_FIRST,
        ASK_SECOND,
        HEAR_SECOND;

        boolean precedes(Step other) {
            return switch (this) {
                case CALL -> other == OPENED;
                case OPENED -> other == ANSWER || other == DEPOSITED;
                case DEPOSITED -> other == REVERSED;
                case ASK_FIRST -> other == HEAR_FIRST;
                case ASK_SECOND -> other == HEAR_SECOND;
                case REVERSED, ANSWER, HEAR_FIRST, HEAR_SECOND -> false;
            };
        }
    }

    @Test
    @Tag("F4")
    void every_order_of_two_looks_and_a_confirm_ends_paid() {
        List<List<Step>> orders =
                Interleavings.of(List.copyOf(EnumSet.complementOf(EnumSet.of(Step.REVERSED))), Step::precedes);
        int run = 0;
        for (List<Step> order : orders) {
            for (Set<Step> early : earlySamples()) {
                Run once = new Run(early);
                order.forEach(once::take);
                once.settleDown();

                assertThat(once.world.status())
                        .as("%s, sampled at once: %s", order, early)
                        .isEqualTo(PaymentStatus.PAID);
                assertThat(once.world.published)
                        .as("%s, sampled at once: %s", order, early)
                        .doesNotHaveAnyElementsOfTypes(PaymentEvent.Reversed.class);
                assertThat(once.world.incidents).isEmpty();
                run++;
            }
        }
        assertThat(orders).doesNotHaveDuplicates().hasSize(840);
        assertThat(run).isEqualTo(840 * 4);
    }

    @Test
    @Tag("F4")
    void every_order_with_a_deposit_taken_back_ends_waiting_once_toss_is_asked_again() {
        List<List<Step>> orders = Interleavings.of(List.of(Step.values()), Step::precedes);
        int run = 0;
        for (List<Step> order : orders) {
            for (Set<Step> early : earlySamples()) {
                Run once = new Run(early);
                order.forEach(once::take);
                // Toss tells of a deposit taken back by a webhook, which leads to a look.
                once.lookNow();
                once.settleDown();

                assertThat(once.world.status())
                        .as("%s, sampled at once: %s", order, early)
                        .isEqualTo(PaymentStatus.WAITING_FOR_DEPOSIT);
                run++;
            }
        }
        assertThat(orders).doesNotHaveDuplicates().hasSize(2268);
        assertThat(run).isEqualTo(2268 * 4);
    }

    /** A look's answer shows Toss's state of any moment between asking and hearing: here the first or the last one. */
    private static List<Set<Step>> earlySamples() {
        return List.of(
                EnumSet.noneOf(Step.class),
                EnumSet.of(Step.ASK_FIRST),
                EnumSet.of(Step.ASK_SECOND),
                EnumSet.of(Step.ASK_FIRST, Step.ASK_SECOND));
    }

    @Test
    void deposit_taken_back_is_a_reversal_when_it_was_asked_for_after_the_payment() {
        Run run = new Run(Set.of());
        List.of(Step.CALL, Step.OPENED, Step.ANSWER, Step.DEPOSITED, Step.ASK_FIRST, Step.HEAR_FIRST, Step.REVERSED)
                .forEach(run::take);
        assertThat(run.world.status()).isEqualTo(PaymentStatus.PAID);

        run.take(Step.ASK_SECOND);
        run.take(Step.HEAR_SECOND);

        assertThat(run.world.status()).isEqualTo(PaymentStatus.WAITING_FOR_DEPOSIT);
        assertThat(run.world.published).hasAtLeastOneElementOfType(PaymentEvent.Reversed.class);
    }

    @Test
    void late_decline_does_not_end_an_account_that_waits() {
        Run run = new Run(Set.of());
        List.of(Step.CALL, Step.OPENED, Step.ASK_FIRST, Step.HEAR_FIRST).forEach(run::take);

        run.world
                .settlePayment()
                .outcome(run.id, PaymentFixture.KEY, run.calledAt, new GatewayOutcome.Declined(PaymentFixture.DECLINE));

        assertThat(run.world.status()).isEqualTo(PaymentStatus.WAITING_FOR_DEPOSIT);
        assertThat(run.world.statusChecks.required)
                .containsEntry(run.id, run.world.clock.instant().plusSeconds(2));
    }

    @Test
    void late_answer_on_a_refunded_payment_is_no_alarm() {
        PaymentId id = new CheckedWorld().world.given(PaymentStatus.REFUNDED);
        CheckedWorld resolved = new CheckedWorld();
        resolved.world.given(PaymentStatus.REFUNDED);

        resolved.world
                .settlePayment()
                .outcome(
                        id,
                        PaymentFixture.KEY,
                        0,
                        new GatewayOutcome.WaitingForDeposit(PaymentFixture.anAwaitedCharge()));

        assertThat(resolved.world.status()).isEqualTo(PaymentStatus.REFUNDED);
        assertThat(resolved.world.incidents).isEmpty();
    }

    /** A look under way. */
    private record Look(@Nullable PaymentKey key, long asOf, GatewayFinding sampled) {}

    /** One order of things. */
    private static final class Run {

        private final CheckedWorld resolved = new CheckedWorld();
        private final World world = resolved.world;
        private final PaymentId id = world.given(PaymentStatus.REQUESTED);
        private final Set<Step> early;
        private final Map<Step, Look> looks = new EnumMap<>(Step.class);
        private State atToss = State.IN_PROGRESS;
        private long calledAt;

        Run(Set<Step> early) {
            this.early = early;
        }

        void take(Step step) {
            switch (step) {
                case CALL -> {
                    calledAt = world.payments
                            .save(world.payment().confirming(PaymentFixture.KEY, world.clock.instant()))
                            .version();
                    world.attempts.add(PaymentFixture.anAttempt());
                    world.statusChecks.require(id, world.clock.instant().plusSeconds(90));
                }
                case OPENED, REVERSED -> atToss = State.WAITING_FOR_DEPOSIT;
                case DEPOSITED -> atToss = State.DONE;
                case ANSWER ->
                    world.settlePayment()
                            .outcome(
                                    id,
                                    PaymentFixture.KEY,
                                    calledAt,
                                    new GatewayOutcome.WaitingForDeposit(PaymentFixture.anAwaitedCharge()));
                case ASK_FIRST, ASK_SECOND -> looks.put(step, ask());
                case HEAR_FIRST -> hear(Step.ASK_FIRST);
                case HEAR_SECOND -> hear(Step.ASK_SECOND);
            }
        }

        private Look ask() {
            Payment payment = world.payment();
            return new Look(payment.paymentKey(), payment.version(), PaymentFixture.seenAccount(atToss));
        }

        private void hear(Step asked) {
            Look look = Objects.requireNonNull(looks.get(asked));
            GatewayFinding finding = early.contains(asked) ? look.sampled() : PaymentFixture.seenAccount(atToss);
            world.settlePayment().finding(id, look.key(), look.asOf(), finding);
        }

        void lookNow() {
            Look look = ask();
            world.settlePayment().finding(id, look.key(), look.asOf(), look.sampled());
        }

        /** What is in doubt is asked about within the hour. */
        void settleDown() {
            resolved.passUntil(
                    id, world.clock.instant().plus(Duration.ofHours(1)), () -> PaymentFixture.seenAccount(atToss));
        }
    }
}
