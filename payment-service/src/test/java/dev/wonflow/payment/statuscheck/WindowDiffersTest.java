package dev.wonflow.payment.statuscheck;

import static dev.wonflow.payment.payment.PaymentFixture.KEY;
import static dev.wonflow.payment.payment.PaymentFixture.NOON;
import static dev.wonflow.payment.payment.PaymentFixture.OTHER_KEY;
import static dev.wonflow.payment.payment.PaymentFixture.PRICE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.payment.PaymentId;
import dev.wonflow.payment.gateway.Failure;
import dev.wonflow.payment.gateway.GatewayFinding.State;
import dev.wonflow.payment.gateway.GatewayOutcome;
import dev.wonflow.payment.incident.Incident;
import dev.wonflow.payment.payment.PaymentFixture;
import dev.wonflow.payment.payment.PaymentStatus;
import dev.wonflow.payment.payment.World;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The payment window was opened for 100 won in browser code, for an order of another amount. */
@Tag("F18")
class WindowDiffersTest {

    private static final Instant IN_64_DAYS = NOON.plus(Duration.ofDays(64));

    private final CheckedWorld resolved = new CheckedWorld();
    private final World world = resolved.world;

    @ParameterizedTest
    @EnumSource(names = {"EXPIRED", "ABORTED"})
    void state_without_money_ends_the_try_and_the_next_window_pays(State state) throws InterruptedException {
        PaymentId id = lostConfirm();

        int looks = resolved.passUntil(id, IN_64_DAYS, () -> PaymentFixture.seenFor100Won(state));

        assertThat(looks).isEqualTo(1);
        assertThat(world.status()).isEqualTo(PaymentStatus.FAILED);
        assertThat(world.incidents).extracting(Incident::kind).containsExactly(Incident.Kind.WINDOW_DIFFERS);
        world.gateway.outcomes.add(new GatewayOutcome.Approved(PaymentFixture.aGatewayPayment(OTHER_KEY, PRICE)));
        assertThat(world.confirm(OTHER_KEY).status()).isEqualTo(PaymentStatus.PAID);
    }

    @ParameterizedTest
    @EnumSource(names = {"READY", "IN_PROGRESS"})
    void window_still_open_at_toss_is_never_confirmed_and_ends_with_its_time(State state) throws InterruptedException {
        PaymentId id = lostConfirm();

        int looks = resolved.passUntil(id, IN_64_DAYS, () -> PaymentFixture.seenFor100Won(state));

        assertThat(looks).isBetween(2, 15);
        assertThat(world.clock.instant()).isBefore(NOON.plus(Duration.ofMinutes(16)));
        assertThat(world.gateway.confirmed).hasSize(1);
        assertThat(world.payment().failure()).isEqualTo(new Failure(Failure.WINDOW_DIFFERS, null));
        assertThat(world.status()).isEqualTo(PaymentStatus.FAILED);
    }

    @Test
    void confirm_toss_refuses_for_its_amount_ends_after_one_look() throws InterruptedException {
        world.given(PaymentStatus.REQUESTED);
        world.gateway.outcomes.add(new GatewayOutcome.OurFault("INVALID_REQUEST"));
        world.gateway.findings.add(PaymentFixture.seenFor100Won(State.IN_PROGRESS));

        assertThat(world.confirm(KEY).failure()).isEqualTo(new Failure(Failure.WINDOW_DIFFERS, null));

        assertThat(world.incidents).singleElement().satisfies(incident -> {
            assertThat(incident.kind()).isEqualTo(Incident.Kind.WINDOW_DIFFERS);
            assertThat(incident.detail()).contains("over 100 KRW").contains("over 33000 KRW");
        });
        assertThat(world.statusChecks.required).isEmpty();
    }

    @Test
    void money_of_another_amount_is_never_paid_and_asked_about_less_and_less() throws InterruptedException {
        PaymentId id = lostConfirm();

        int looks = resolved.passUntil(id, IN_64_DAYS, () -> PaymentFixture.seenFor100Won(State.DONE));

        assertThat(world.status()).isEqualTo(PaymentStatus.UNKNOWN);
        assertThat(world.incidents).extracting(Incident::kind).containsOnly(Incident.Kind.ANSWER_CONTRADICTS);
        assertThat(looks).as("looks in 64 days, four a day").isBetween(200, 280);
        assertThat(world.gateway.confirmed).hasSize(1);
    }

    @Test
    void money_of_another_amount_that_all_went_back_ends_the_try() throws InterruptedException {
        PaymentId id = lostConfirm();
        resolved.passUntil(id, NOON.plus(Duration.ofDays(1)), () -> PaymentFixture.seenFor100Won(State.DONE));

        resolved.passUntil(id, IN_64_DAYS, PaymentFixture::seen100WonRefunded);

        assertThat(world.status()).isEqualTo(PaymentStatus.FAILED);
        assertThat(world.statusChecks.required).isEmpty();
    }

    private PaymentId lostConfirm() throws InterruptedException {
        PaymentId id = world.given(PaymentStatus.REQUESTED);
        world.gateway.outcomes.add(new GatewayOutcome.Unknown("TIMEOUT"));
        assertThat(world.confirm(KEY).status()).isEqualTo(PaymentStatus.UNKNOWN);
        return id;
    }
}
