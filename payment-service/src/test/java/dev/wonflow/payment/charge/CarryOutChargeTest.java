package dev.wonflow.payment.charge;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wonflow.money.Money;
import dev.wonflow.payment.WebhookSecret;
import dev.wonflow.payment.billing.BillingMethodStatus;
import dev.wonflow.payment.gateway.ChargeOutcome;
import dev.wonflow.payment.gateway.Failure;
import dev.wonflow.payment.gateway.GatewayFinding;
import dev.wonflow.payment.payment.PaymentFixture;
import dev.wonflow.payment.payment.PaymentStatus;
import dev.wonflow.runtime.TenantAgenda.Agenda;
import dev.wonflow.runtime.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class CarryOutChargeTest {

    private static final GatewayFinding ABSENT = new GatewayFinding.Absent("NOT_FOUND_PAYMENT");

    private final ChargeWorld world = new ChargeWorld();

    @Test
    void life_cycle_has_exactly_these_steps() {
        String lifeCycle = Arrays.stream(ChargeStatus.values())
                .map(status -> status + " -> " + status.next())
                .collect(joining("\n", "", "\n"));

        assertThat(lifeCycle).isEqualTo("""
            REQUESTED -> [UNKNOWN, PAID, FAILED]
            UNKNOWN -> [UNKNOWN, PAID, FAILED]
            PAID -> []
            FAILED -> []
            """);
    }

    @Test
    void charge_becomes_a_paid_payment_and_is_told() throws InterruptedException {
        answers(done());

        world.turn(true);

        assertThat(world.charge().status()).isEqualTo(ChargeStatus.PAID);
        assertThat(world.payments
                        .payments
                        .findByPurchaseOrderId(ChargeWorld.ID.orderId())
                        .orElseThrow()
                        .status())
                .isEqualTo(PaymentStatus.PAID);
        assertThat(world.published).hasExactlyElementsOfTypes(ChargeEvent.Paid.class);
        assertThat(world.billing.gateway.asked).containsExactly("charge 1");
    }

    @Test
    void charge_of_a_tenant_that_is_ahead_has_its_time_and_is_gone_on_with_in_the_service_s()
            throws InterruptedException {
        world.ahead.put(world.charge().tenantId(), Duration.ofDays(45));
        Instant now = world.billing.clock.instant();
        answers(new ChargeOutcome.Unknown("TIMEOUT"));

        world.turn(true);

        assertThat(world.charge().changedAt()).isEqualTo(now.plus(Duration.ofDays(45)));
        assertThat(world.charge().calledAt()).isEqualTo(now.plus(Duration.ofDays(45)));
        assertThat(world.charges.planned.get(ChargeWorld.ID))
                .isBetween(now.plus(Duration.ofSeconds(1)), now.plus(Duration.ofSeconds(2)));
    }

    @Test
    void what_a_tenant_was_moved_past_its_charges_do_not_wait_for() throws InterruptedException {
        TenantId tenant = world.charge().tenantId();
        Instant now = world.billing.clock.instant();
        world.charges.plan(ChargeWorld.ID, now.plus(Duration.ofMinutes(5)));
        ChargesOfMovedTenants moved = new ChargesOfMovedTenants(world.charges, world.clocks, world.billing.clock);
        assertThat(moved.of(tenant)).isEqualTo(new Agenda(0, now.plus(Duration.ofMinutes(5))));

        world.ahead.put(tenant, Duration.ofMinutes(4));
        moved.moved(tenant, Duration.ZERO, Duration.ofMinutes(4));
        moved.moved(new TenantId("globex"), Duration.ZERO, Duration.ofMinutes(4));

        assertThat(world.charges.planned.get(ChargeWorld.ID)).isEqualTo(now.plus(Duration.ofMinutes(1)));
        assertThat(moved.of(tenant)).isEqualTo(new Agenda(0, now.plus(Duration.ofMinutes(5))));

        moved.moved(tenant, Duration.ofMinutes(4), Duration.ofDays(45));

        assertThat(moved.of(tenant)).isEqualTo(new Agenda(1, null));
        assertThat(moved.of(new TenantId("globex"))).isEqualTo(new Agenda(0, null));
    }

    @Test
    void secret_of_the_payment_is_kept() throws InterruptedException {
        answers(done());

        world.turn(true);

        assertThat(world.payments.secrets.find(world.payments.payment()))
                .contains(new WebhookSecret(PaymentFixture.SECRET));
    }

    @Test
    void ended_charge_asks_nobody_again() throws InterruptedException {
        answers(done());
        world.turn(true);

        world.turn(false);

        assertThat(world.billing.gateway.asked).containsExactly("charge 1");
        assertThat(world.published).hasSize(1);
    }

    @Test
    void decline_is_told_with_what_can_help() throws InterruptedException {
        Failure limit = new Failure("REJECT_CARD_PAYMENT", null);
        answers(new ChargeOutcome.Declined(limit, ChargeOutcome.Remedy.LATER));

        world.turn(true);

        assertThat(world.charge().status()).isEqualTo(ChargeStatus.FAILED);
        assertThat(world.published)
                .containsExactly(
                        new ChargeEvent.Failed(limit, ChargeOutcome.Remedy.LATER, world.billing.clock.instant()));
    }

    @Test
    void worker_that_died_after_the_effect_is_followed_by_a_look() throws InterruptedException {
        answers(done());
        world.turnCutShort(true);
        found(ChargeWorld.seen(GatewayFinding.State.DONE));

        world.turn(false);

        assertThat(world.charge().status()).isEqualTo(ChargeStatus.PAID);
        assertThat(world.billing.gateway.asked).containsExactly("charge 1", "find");
    }

    @Test
    void worker_that_died_before_the_call_is_followed_by_a_look_and_then_the_call_under_the_same_key()
            throws InterruptedException {
        found(ABSENT);
        answers(done());

        world.turn(false);

        assertThat(world.charge().status()).isEqualTo(ChargeStatus.PAID);
        assertThat(world.billing.gateway.asked).containsExactly("find", "charge 1");
    }

    @Test
    void silence_is_unknown_told_once_and_looked_into_before_anything_is_sent_again() throws InterruptedException {
        answers(new ChargeOutcome.Unknown("TIMEOUT"));
        world.turn(true);
        assertThat(world.charge().status()).isEqualTo(ChargeStatus.UNKNOWN);
        assertThat(world.charges.planned.get(ChargeWorld.ID)).isAfter(world.billing.clock.instant());

        found(new GatewayFinding.Unclear("TIMEOUT"));
        world.turn(false);
        found(ABSENT);
        answers(done());
        world.turn(false);

        assertThat(world.billing.gateway.asked).containsExactly("charge 1", "find", "find", "charge 1");
        assertThat(world.published).hasExactlyElementsOfTypes(ChargeEvent.OutcomeUnknown.class, ChargeEvent.Paid.class);
    }

    @Test
    void answer_of_no_use_is_followed_by_a_call_under_another_key() throws InterruptedException {
        answers(new ChargeOutcome.Unclear("FAILED_CARD_COMPANY_RESPONSE"));
        world.turn(true);
        found(ABSENT);
        answers(done());

        world.turn(false);

        assertThat(world.billing.gateway.asked).containsExactly("charge 1", "find", "charge 2");
    }

    @Test
    void order_toss_had_before_is_taken_over() throws InterruptedException {
        answers(new ChargeOutcome.Happened("DUPLICATED_ORDER_ID"));
        found(ChargeWorld.seen(GatewayFinding.State.DONE));

        world.turn(true);

        assertThat(world.charge().status()).isEqualTo(ChargeStatus.PAID);
        assertThat(world.billing.gateway.asked).containsExactly("charge 1", "find");
    }

    @Test
    void money_of_another_amount_decides_nothing_and_is_told_to_people() throws InterruptedException {
        answers(new ChargeOutcome.Answered(ChargeWorld.seen(GatewayFinding.State.DONE, Money.ofWon(2_900))));

        world.turn(true);

        assertThat(world.charge().status()).isEqualTo(ChargeStatus.UNKNOWN);
        assertThat(world.kinds()).containsExactly("ANSWER_CONTRADICTS");
        assertThat(world.published).hasExactlyElementsOfTypes(ChargeEvent.OutcomeUnknown.class);
    }

    @Test
    void fault_of_ours_fails_no_charge_and_goes_on_when_it_is_mended() throws InterruptedException {
        answers(new ChargeOutcome.OurFault("NOT_MATCHES_CUSTOMER_KEY"));
        world.turn(true);
        assertThat(world.charge().status()).isEqualTo(ChargeStatus.UNKNOWN);
        assertThat(world.kinds()).containsExactly("CHARGES_REFUSED");
        found(ABSENT);
        answers(done());

        world.turn(false);

        assertThat(world.charge().status()).isEqualTo(ChargeStatus.PAID);
        assertThat(world.published).noneMatch(ChargeEvent.Failed.class::isInstance);
    }

    @Test
    void fault_of_ours_that_lasts_ends_no_calls_and_is_no_charge_that_stays_unknown() throws InterruptedException {
        answers(new ChargeOutcome.OurFault("UNAUTHORIZED_KEY"));
        world.turn(true);
        for (int i = 0; i < 12; i++) {
            found(i % 2 == 0 ? ABSENT : new GatewayFinding.OurFault("UNAUTHORIZED_KEY"));
            if (i % 2 == 0) {
                answers(new ChargeOutcome.OurFault("UNAUTHORIZED_KEY"));
            }
            world.turn(false);
        }
        assertThat(world.kinds()).hasSize(13).containsOnly("CHARGES_REFUSED");
        assertThat(world.charges.planned.get(ChargeWorld.ID))
                .as("pauses have grown")
                .isAfter(world.billing.clock.instant().plus(Duration.ofMinutes(1)));
        found(ABSENT);
        answers(done());

        world.turn(false);

        assertThat(world.charge().status()).isEqualTo(ChargeStatus.PAID);
        // Each under a key of its own, for Toss repeats what it has said under one.
        assertThat(world.billing.gateway.asked)
                .filteredOn(asked -> asked.startsWith("charge"))
                .containsExactly(
                        "charge 1", "charge 2", "charge 3", "charge 4", "charge 5", "charge 6", "charge 7", "charge 8");
    }

    @Test
    void too_many_calls_are_no_word_about_the_charge_and_nobody_is_told() throws InterruptedException {
        answers(new ChargeOutcome.TooManyCalls("TOO_MANY_REQUESTS"));
        world.turn(true);
        nothingFoundAnd(new ChargeOutcome.TooManyCalls("TOO_MANY_REQUESTS"), 12);
        found(ABSENT);
        answers(done());

        world.turn(false);

        assertThat(world.charge().status()).isEqualTo(ChargeStatus.PAID);
        assertThat(world.kinds()).isEmpty();
    }

    @Test
    void vague_answers_are_counted_beside_faults_of_ours() throws InterruptedException {
        answers(new ChargeOutcome.OurFault("UNAUTHORIZED_KEY"));
        world.turn(true);
        nothingFoundAnd(new ChargeOutcome.Unclear("FAILED_INTERNAL_SYSTEM_PROCESSING"), 10);

        assertThat(world.billing.gateway.asked).contains("charge 6").doesNotContain("charge 7");
        assertThat(world.kinds()).containsExactly("CHARGES_REFUSED", "CHARGE_NOT_KNOWN");
    }

    @Test
    void charge_that_stays_unknown_is_not_called_for_without_end_and_people_are_told_once()
            throws InterruptedException {
        answers(new ChargeOutcome.Unclear("FAILED_INTERNAL_SYSTEM_PROCESSING"));
        world.turn(true);
        nothingFoundAnd(new ChargeOutcome.Unclear("FAILED_INTERNAL_SYSTEM_PROCESSING"), 10);

        assertThat(world.billing.gateway.asked)
                .filteredOn(asked -> asked.startsWith("charge"))
                .containsExactly("charge 1", "charge 2", "charge 3", "charge 4", "charge 5");
        assertThat(world.kinds()).containsExactly("CHARGE_NOT_KNOWN");
    }

    @Test
    void aborted_payment_is_a_decline() throws InterruptedException {
        found(ChargeWorld.seen(GatewayFinding.State.ABORTED));

        world.turn(false);

        assertThat(world.charge().failure()).isEqualTo(new Failure("ABORTED", null));
    }

    @Test
    void removed_method_fails_at_once_without_a_call() throws InterruptedException {
        ChargeWorld removed = new ChargeWorld(BillingMethodStatus.REMOVING);

        removed.turn(true);

        assertThat(removed.charge().failure()).isEqualTo(new Failure("BILLING_METHOD_REMOVED", null));
        assertThat(removed.charge().remedy()).isEqualTo(ChargeOutcome.Remedy.NEW_METHOD);
        assertThat(removed.billing.gateway.asked).isEmpty();
    }

    @Test
    void removed_method_that_may_have_been_charged_is_given_up_only_when_every_call_is_over()
            throws InterruptedException {
        ChargeWorld removed = new ChargeWorld(BillingMethodStatus.REMOVED);
        removed.billing.gateway.findings.add(ABSENT);
        removed.turn(false);
        assertThat(removed.charge().status()).isEqualTo(ChargeStatus.UNKNOWN);

        removed.billing.clock.advance(Duration.ofMinutes(9));
        removed.billing.gateway.findings.add(ABSENT);
        removed.turn(false);
        assertThat(removed.charge().status()).isEqualTo(ChargeStatus.UNKNOWN);

        removed.billing.clock.advance(Duration.ofMinutes(2));
        removed.billing.gateway.findings.add(ABSENT);
        removed.turn(false);
        assertThat(removed.charge().status()).isEqualTo(ChargeStatus.FAILED);
    }

    @Test
    void key_that_toss_has_forgotten_ends_its_method() throws InterruptedException {
        answers(new ChargeOutcome.Declined(
                new Failure("ALREADY_REMOVED_BILLING_KEY", null), ChargeOutcome.Remedy.NEW_METHOD));

        world.turn(true);

        assertThat(world.billing.methods.findAndHold(world.method).orElseThrow().status())
                .isEqualTo(BillingMethodStatus.REMOVED);
    }

    @Test
    void same_command_is_one_charge_and_another_one_under_its_id_is_refused() {
        RequestCharge requestCharge = new RequestCharge(world.charges, world.billing.clock);

        requestCharge.request(world.asked(ChargeWorld.AMOUNT));

        assertThat(world.charges.planned).isEmpty();
        assertThatThrownBy(() -> requestCharge.request(world.asked(Money.ofWon(2_900))))
                .isInstanceOf(ChargeContradicts.class);
    }

    /** Turns that find no charge at Toss and call once more. */
    private void nothingFoundAnd(ChargeOutcome answer, int turns) throws InterruptedException {
        for (int i = 0; i < turns; i++) {
            found(ABSENT);
            answers(answer);
            world.turn(false);
        }
    }

    private void answers(ChargeOutcome outcome) {
        world.billing.gateway.charges.add(outcome);
    }

    private void found(GatewayFinding finding) {
        world.billing.gateway.findings.add(finding);
    }

    private static ChargeOutcome done() {
        return new ChargeOutcome.Answered(ChargeWorld.seen(GatewayFinding.State.DONE));
    }
}
