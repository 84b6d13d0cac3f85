package dev.wonflow.payment.statuscheck;

import static dev.wonflow.payment.payment.PaymentFixture.KEY;
import static dev.wonflow.payment.payment.PaymentFixture.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.money.Money;
import dev.wonflow.payment.PaymentId;
import dev.wonflow.payment.gateway.GatewayFinding;
import dev.wonflow.payment.gateway.Remittance;
import dev.wonflow.payment.incident.Incident;
import dev.wonflow.payment.payment.PaymentEvent;
import dev.wonflow.payment.payment.PaymentFixture;
import dev.wonflow.payment.payment.PaymentStatus;
import dev.wonflow.payment.payment.World;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Deposits that went back, and whose money reaches the buyer later or not at all; Toss tells nobody. */
class RemittancesTest {

    private static final Money REST = Money.ofWon(20_000);
    private static final Instant ARRIVED = NOON.plus(Duration.ofDays(2));

    private final CheckedWorld checked = new CheckedWorld();
    private final World world = checked.world;
    private final PaymentId id = world.given(PaymentStatus.REQUESTED);

    @BeforeEach
    void depositComes() {
        says(PaymentFixture.seenAccount(GatewayFinding.State.DONE));
        world.published.clear();
    }

    @Test
    void money_on_its_way_is_followed_until_the_buyer_has_it() {
        says(refunded(Money.ZERO, Remittance.PENDING));

        int looks = checked.passUntil(
                id,
                NOON.plus(Duration.ofDays(40)),
                () -> refunded(
                        Money.ZERO,
                        world.clock.instant().isBefore(ARRIVED) ? Remittance.PENDING : Remittance.COMPLETED));

        assertThat(remittances()).containsExactly(Remittance.PENDING, Remittance.COMPLETED);
        assertThat(Duration.between(ARRIVED, world.clock.instant())).isLessThan(Duration.ofHours(6));
        assertThat(looks).as("questions in two days").isLessThan(25);
        assertThat(world.statusChecks.required).isEmpty();
        assertThat(world.incidents).isEmpty();
        assertThat(world.status()).isEqualTo(PaymentStatus.REFUNDED);
    }

    @ParameterizedTest
    @EnumSource(names = {"FAILED", "PARTIAL_FAILED"})
    void money_the_bank_does_not_take_is_told_and_looked_at_for_a_month(Remittance failed) {
        says(refunded(REST, Remittance.PENDING));

        checked.passUntil(id, NOON.plus(Duration.ofDays(60)), () -> refunded(REST, failed));

        assertThat(remittances()).containsExactly(Remittance.PENDING, failed);
        assertThat(world.incidents).extracting(Incident::kind).containsExactly(Incident.Kind.REMITTANCE_NOT_MADE);
        assertThat(world.statusChecks.required).isEmpty();
        assertThat(world.clock.instant()).isAfter(NOON.plus(Duration.ofDays(30)));
        assertThat(world.status()).isEqualTo(PaymentStatus.PARTIALLY_REFUNDED);
    }

    @Test
    void money_that_is_sent_again_by_hand_arrives_after_all() {
        says(refunded(Money.ZERO, Remittance.PENDING));
        look(refunded(Money.ZERO, Remittance.FAILED));

        look(refunded(Money.ZERO, Remittance.COMPLETED));

        assertThat(remittances()).containsExactly(Remittance.PENDING, Remittance.FAILED, Remittance.COMPLETED);
        assertThat(world.statusChecks.required).isEmpty();
    }

    @Test
    void next_refund_begins_anew() {
        says(refunded(REST, Remittance.PENDING));
        look(refunded(REST, Remittance.COMPLETED));
        assertThat(world.statusChecks.required).isEmpty();

        says(refunded(Money.ZERO, Remittance.PENDING));

        assertThat(remittances()).containsExactly(Remittance.PENDING, Remittance.COMPLETED, Remittance.PENDING);
        assertThat(world.statusChecks.required).containsKey(id);
    }

    @Test
    void next_refund_is_followed_though_toss_still_tells_of_the_one_before() {
        says(refunded(REST, Remittance.PENDING));
        look(refunded(REST, Remittance.COMPLETED));

        says(refunded(Money.ZERO, Remittance.COMPLETED));
        look(refunded(Money.ZERO, Remittance.PENDING));
        look(refunded(Money.ZERO, Remittance.FAILED));

        assertThat(remittances())
                .containsExactly(Remittance.PENDING, Remittance.COMPLETED, Remittance.PENDING, Remittance.FAILED);
        assertThat(world.incidents).extracting(Incident::kind).containsExactly(Incident.Kind.REMITTANCE_NOT_MADE);
    }

    @Test
    void next_refund_that_is_there_at_once_is_told_after_one_more_look() {
        says(refunded(REST, Remittance.COMPLETED));
        says(refunded(Money.ZERO, Remittance.COMPLETED));

        look(refunded(Money.ZERO, Remittance.COMPLETED));

        assertThat(remittances()).containsExactly(Remittance.COMPLETED, Remittance.COMPLETED);
        assertThat(world.statusChecks.required).isEmpty();
    }

    @Test
    void what_toss_said_before_our_last_word_takes_nothing_back() {
        says(refunded(Money.ZERO, Remittance.PENDING));
        long asked = world.payment().version();
        look(refunded(Money.ZERO, Remittance.COMPLETED));

        world.settlePayment().finding(id, KEY, asked, refunded(Money.ZERO, Remittance.PENDING));

        assertThat(remittances()).containsExactly(Remittance.PENDING, Remittance.COMPLETED);
    }

    @Test
    void word_nobody_knows_says_nothing_and_is_looked_at_again() {
        says(refunded(Money.ZERO, null));

        assertThat(remittances()).isEmpty();
        assertThat(world.statusChecks.required).containsKey(id);
        look(refunded(Money.ZERO, Remittance.COMPLETED));
        assertThat(remittances()).containsExactly(Remittance.COMPLETED);
    }

    @Test
    void money_on_its_way_for_a_month_is_told_once() {
        says(refunded(Money.ZERO, Remittance.PENDING));

        checked.passUntil(id, NOON.plus(Duration.ofDays(60)), () -> refunded(Money.ZERO, Remittance.PENDING));

        assertThat(world.incidents).extracting(Incident::kind).containsExactly(Incident.Kind.REMITTANCE_NOT_MADE);
        assertThat(world.statusChecks.required).isEmpty();
    }

    @Test
    void card_is_looked_at_no_more_than_before() {
        CheckedWorld other = new CheckedWorld();
        PaymentId card = other.world.given(PaymentStatus.PAID);

        other.world
                .settlePayment()
                .finding(
                        card, KEY, other.world.payment().version(), PaymentFixture.seen(GatewayFinding.State.CANCELED));

        assertThat(other.world.status()).isEqualTo(PaymentStatus.REFUNDED);
        assertThat(other.world.statusChecks.required).isEmpty();
    }

    private void says(GatewayFinding finding) {
        world.settlePayment()
                .finding(id, world.payment().paymentKey(), world.payment().version(), finding);
    }

    private void look(GatewayFinding finding) {
        world.clock.set(Objects.requireNonNull(world.statusChecks.required.get(id), "next look"));
        world.gateway.findings.add(finding);
        checked.checks.runOnce();
    }

    private static GatewayFinding refunded(Money balance, @Nullable Remittance remittance) {
        return PaymentFixture.seenRefundedDeposit(balance, remittance);
    }

    private List<Remittance> remittances() {
        return world.published.stream()
                .filter(PaymentEvent.RemittanceChanged.class::isInstance)
                .map(PaymentEvent.RemittanceChanged.class::cast)
                .map(PaymentEvent.RemittanceChanged::remittance)
                .toList();
    }
}
