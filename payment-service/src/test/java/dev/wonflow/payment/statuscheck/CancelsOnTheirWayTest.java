package dev.wonflow.payment.statuscheck;

import static dev.wonflow.payment.payment.PaymentFixture.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.money.Money;
import dev.wonflow.payment.PaymentId;
import dev.wonflow.payment.gateway.GatewayCancel;
import dev.wonflow.payment.gateway.GatewayFinding;
import dev.wonflow.payment.payment.PaymentEvent;
import dev.wonflow.payment.payment.PaymentFixture;
import dev.wonflow.payment.payment.PaymentStatus;
import dev.wonflow.payment.payment.World;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Cancels of Toss's console that Toss ends later, and not a single webhook about their end. */
class CancelsOnTheirWayTest {

    private static final Money PART = Money.ofWon(12_000);
    private static final Instant ENDED = NOON.plus(Duration.ofHours(30));

    private final CheckedWorld checked = new CheckedWorld();
    private final World world = checked.world;
    private final PaymentId id = world.given(PaymentStatus.PAID);

    @Test
    void cancel_is_looked_at_until_it_is_done_and_counts_from_then_on() {
        world.statusChecks.require(id, NOON);

        int looks = checked.passUntil(id, ENDED.plus(Duration.ofDays(2)), () -> toss(GatewayCancel.State.DONE));

        assertThat(world.status()).isEqualTo(PaymentStatus.PARTIALLY_REFUNDED);
        assertThat(world.payment().balance()).isEqualTo(PaymentFixture.PRICE.minus(PART));
        assertThat(world.published).hasExactlyElementsOfTypes(PaymentEvent.PartiallyRefunded.class);
        assertThat(Duration.between(ENDED, world.clock.instant())).isLessThan(Duration.ofHours(6));
        assertThat(looks).as("looks in 30 hours").isBetween(5, 30);
        assertThat(world.statusChecks.required).as("nothing left to ask").isEmpty();
    }

    @Test
    void cancel_that_comes_to_nothing_leaves_the_money_where_it_is() {
        world.statusChecks.require(id, NOON);

        checked.passUntil(id, ENDED.plus(Duration.ofDays(2)), () -> toss(GatewayCancel.State.ABORTED));

        assertThat(world.status()).isEqualTo(PaymentStatus.PAID);
        assertThat(world.payment().balance()).isEqualTo(PaymentFixture.PRICE);
        assertThat(world.published).isEmpty();
        assertThat(world.statusChecks.required).as("nothing left to ask").isEmpty();
    }

    @Test
    void cancel_whose_moment_toss_does_not_name_is_looked_at_too() {
        world.statusChecks.require(id, NOON);
        world.gateway.findings.add(seen(GatewayCancel.State.IN_PROGRESS, null));

        checked.checks.runOnce();

        assertThat(world.statusChecks.required).containsEntry(id, NOON.plus(Duration.ofMinutes(5)));
    }

    private GatewayFinding toss(GatewayCancel.State end) {
        return seen(world.clock.instant().isBefore(ENDED) ? GatewayCancel.State.IN_PROGRESS : end, NOON);
    }

    private static GatewayFinding seen(GatewayCancel.State state, @Nullable Instant at) {
        boolean aborted = state == GatewayCancel.State.ABORTED;
        Money left = aborted ? PaymentFixture.PRICE : PaymentFixture.PRICE.minus(PART);
        return new GatewayFinding.Seen(
                aborted ? GatewayFinding.State.DONE : GatewayFinding.State.PARTIAL_CANCELED,
                PaymentFixture.aGatewayPayment(
                        PaymentFixture.KEY,
                        left,
                        new GatewayCancel("txrd_1", PART, PaymentFixture.PRICE.minus(PART), state, "콘솔에서 취소", at)),
                null);
    }
}
