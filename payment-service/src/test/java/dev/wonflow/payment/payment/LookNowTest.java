package dev.wonflow.payment.payment;

import static dev.wonflow.payment.payment.PaymentFixture.CALLER;
import static dev.wonflow.payment.payment.PaymentFixture.KEY;
import static dev.wonflow.payment.payment.PaymentFixture.NOON;
import static dev.wonflow.payment.payment.PaymentFixture.ORDER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wonflow.money.Money;
import dev.wonflow.payment.PaymentId;
import dev.wonflow.payment.gateway.CallRoom;
import dev.wonflow.payment.gateway.GatewayFinding;
import dev.wonflow.payment.gateway.GatewayFinding.State;
import dev.wonflow.payment.gateway.GatewayOutcome;
import dev.wonflow.payment.gateway.Operation;
import dev.wonflow.payment.gateway.TossBusy;
import dev.wonflow.runtime.TenantId;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LookNowTest {

    private final World world = new World();

    @Test
    void unknown_payment_that_toss_has_is_paid_at_once() {
        world.given(PaymentStatus.UNKNOWN);
        world.gateway.findings.add(PaymentFixture.seen(State.DONE));

        LookNow.Looked looked = look();

        assertThat(looked.known()).isTrue();
        assertThat(looked.payment().status()).isEqualTo(PaymentStatus.PAID);
        assertThat(world.published).hasExactlyElementsOfTypes(PaymentEvent.Paid.class);
        assertThat(world.gateway.asked).containsExactly(KEY.value());
        assertThat(world.statusChecks.required).as("nothing left to ask").isEmpty();
    }

    @Test
    void what_was_cancelled_in_the_console_is_taken_in() {
        world.given(PaymentStatus.PAID);
        world.gateway.findings.add(PaymentFixture.seen(State.PARTIAL_CANCELED));

        assertThat(look().payment().balance()).isEqualTo(Money.ofWon(21_000));
        assertThat(world.published).hasExactlyElementsOfTypes(PaymentEvent.PartiallyRefunded.class);
    }

    @Test
    void confirm_toss_never_got_is_left_to_a_status_check_and_not_made_here() {
        PaymentId id = world.given(PaymentStatus.UNKNOWN);
        world.gateway.findings.add(PaymentFixture.seen(State.IN_PROGRESS));

        LookNow.Looked looked = look();

        assertThat(looked.known()).isFalse();
        assertThat(looked.payment().status()).isEqualTo(PaymentStatus.UNKNOWN);
        assertThat(world.gateway.confirmed).isEmpty();
        assertThat(world.statusChecks.required).containsEntry(id, NOON);
    }

    @Test
    void question_without_an_answer_is_asked_again_by_a_status_check() {
        PaymentId id = world.given(PaymentStatus.PAID);
        world.gateway.findings.add(new GatewayFinding.Unclear("TIMEOUT"));

        assertThat(look().known()).isFalse();
        assertThat(world.statusChecks.required).containsEntry(id, NOON);
    }

    @Test
    void account_of_a_payment_that_has_ended_is_left_to_a_status_check_to_close() {
        PaymentId id = world.given(PaymentStatus.CANCELED);
        world.gateway.findings.add(PaymentFixture.seenAccount(State.WAITING_FOR_DEPOSIT));

        LookNow.Looked looked = look();

        assertThat(looked.known()).as("nothing becomes of the payment by it").isTrue();
        assertThat(looked.payment().status()).isEqualTo(PaymentStatus.CANCELED);
        assertThat(world.statusChecks.required).containsEntry(id, NOON);
    }

    /** The deposit comes between the look's question and its answer, which is from before. */
    @Test
    void answer_that_was_overtaken_takes_no_state_back() {
        PaymentId id = world.given(PaymentStatus.UNKNOWN);
        world.gateway.findings.add(PaymentFixture.seenAccount(State.WAITING_FOR_DEPOSIT));
        world.gateway.meanwhile = () -> world.settlePayment()
                .outcome(id, KEY, world.payment().version(), new GatewayOutcome.Approved(PaymentFixture.aDeposit()));

        assertThat(look().payment().status()).isEqualTo(PaymentStatus.PAID);
        assertThat(world.published).hasExactlyElementsOfTypes(PaymentEvent.Paid.class);
        assertThat(world.statusChecks.required).as("asked again, to be sure").containsKey(id);
    }

    @Test
    void looks_beyond_their_share_are_sent_away_and_ask_nothing() {
        world.given(PaymentStatus.PAID);
        int asked = 0;
        try {
            for (; asked < 1_000; asked++) {
                world.gateway.findings.add(PaymentFixture.seen(State.DONE));
                look();
            }
        } catch (TossBusy _) {
            // As it should.
        }

        // A fifth of 100 calls a minute, a third of it at once.
        assertThat(asked).isBetween(5, 10);
        assertThat(world.gateway.asked).hasSize(asked);
        world.clock.advance(Duration.ofMinutes(1));
        assertThat(look().known()).isTrue();
    }

    @Test
    void looks_beyond_their_room_are_sent_away_and_ask_nothing() {
        world.given(PaymentStatus.PAID);
        try (CallRoom.Place others = world.callRoom.place(Operation.LOOKUP)) {
            others.require();

            assertThatThrownBy(this::look).isInstanceOf(TossBusy.class);
        }
        assertThat(world.gateway.asked).isEmpty();
    }

    @Test
    void payment_of_another_tenant_is_not_found_and_not_asked_about() {
        world.given(PaymentStatus.PAID);

        assertThatThrownBy(() -> world.lookNow().look(new TenantId("globex"), ORDER.value()))
                .isInstanceOf(PaymentNotFound.class);
        assertThat(world.gateway.asked).isEmpty();
    }

    @Test
    void operator_looks_at_any_payment_there_is() {
        world.given(PaymentStatus.PAID);
        world.gateway.findings.add(PaymentFixture.seen(State.DONE));

        assertThat(world.lookNow().look(ORDER.value())).isPresent();
        assertThat(world.lookNow().look("ord_nobodys")).isEmpty();
    }

    private LookNow.Looked look() {
        return world.lookNow().look(CALLER.tenant(), ORDER.value());
    }
}
