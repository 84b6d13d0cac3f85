package dev.wonflow.payment.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wonflow.incidents.IncidentReport;
import dev.wonflow.payment.gateway.AuthKey;
import dev.wonflow.payment.gateway.CallRoom;
import dev.wonflow.payment.gateway.Failure;
import dev.wonflow.payment.gateway.IssueOutcome;
import dev.wonflow.payment.gateway.Operation;
import dev.wonflow.payment.gateway.TossBusy;
import dev.wonflow.payment.payment.PaymentFixture;
import org.junit.jupiter.api.Test;

class RegisterMethodTest {

    private static final AuthKey AUTH = new AuthKey("e_0123456789");

    private final BillingWorld world = new BillingWorld();
    private final String customerKey =
            world.registerMethod().window(PaymentFixture.CALLER).customerKey();

    @Test
    void name_towards_toss_stays_the_same() {
        assertThat(world.registerMethod().window(PaymentFixture.CALLER).customerKey())
                .isEqualTo(customerKey);
    }

    @Test
    void issued_key_becomes_a_method_and_is_written_down_without_the_key() {
        world.gateway.issues.add(issued());

        BillingMethod method = register();

        assertThat(method.status()).isEqualTo(BillingMethodStatus.ACTIVE);
        assertThat(method.face()).isEqualTo(BillingWorld.FACE);
        assertThat(world.methods.key(method.id())).contains(BillingWorld.KEY);
        assertThat(world.audited).singleElement().satisfies(entry -> {
            assertThat(entry.action()).isEqualTo("billing.register");
            assertThat(entry.toString()).doesNotContain(BillingWorld.KEY.value(), AUTH.value());
        });
    }

    @Test
    void repeat_finds_the_method_the_first_one_made_and_told_of() {
        world.gateway.issues.add(issued());
        world.gateway.issues.add(issued());

        assertThat(register()).isEqualTo(register());
        assertThat(world.methods.rows).hasSize(1);
        assertThat(world.told)
                .containsExactly(world.methods.rows.keySet().iterator().next() + " registered");
    }

    @Test
    void authkey_of_a_removed_method_gives_no_new_one() {
        world.gateway.issues.add(issued());
        world.gateway.issues.add(issued());
        BillingMethod method = register();
        world.removeMethod().remove(PaymentFixture.CALLER, method.id());

        assertThatThrownBy(this::register)
                .isInstanceOfSatisfying(
                        BillingRefused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(BillingRefused.Reason.AUTHORIZATION_USED));
    }

    @Test
    void customer_key_the_browser_changed_is_refused_before_toss_is_asked() {
        assertThatThrownBy(() -> world.registerMethod().register(PaymentFixture.CALLER, AUTH, customerKey + "x"))
                .isInstanceOf(BillingRefused.class);
        assertThat(world.gateway.asked).isEmpty();
    }

    @Test
    void decline_keeps_its_code() {
        world.gateway.issues.add(new IssueOutcome.Declined(new Failure("INVALID_STOPPED_CARD", null)));

        assertThatThrownBy(this::register)
                .isInstanceOfSatisfying(
                        BillingRefused.class,
                        refused -> assertThat(refused.failure()).isEqualTo(new Failure("INVALID_STOPPED_CARD", null)));
        assertThat(world.methods.rows).isEmpty();
    }

    @Test
    void fault_of_ours_is_told_to_people() {
        world.gateway.issues.add(new IssueOutcome.OurFault("UNAUTHORIZED_KEY"));

        assertThatThrownBy(this::register).isInstanceOf(BillingNotKnown.class);
        assertThat(world.alerts).extracting(IncidentReport::kind).containsExactly("BILLING_REFUSED");
    }

    @Test
    void nothing_is_asked_of_toss_while_too_many_registrations_are_at_work() {
        try (CallRoom.Place others = world.callRoom.place(Operation.ISSUE)) {
            others.require();

            assertThatThrownBy(this::register).isInstanceOf(TossBusy.class);
        }
        assertThat(world.gateway.asked).isEmpty();

        world.gateway.issues.add(issued());
        assertThat(register().status()).isEqualTo(BillingMethodStatus.ACTIVE);
    }

    @Test
    void nothing_is_asked_of_toss_while_nothing_can_be_sealed() {
        world.setUp = false;

        assertThatThrownBy(this::register).isInstanceOf(BillingNotSetUp.class);
        assertThat(world.gateway.asked).isEmpty();
    }

    private BillingMethod register() {
        return world.registerMethod().register(PaymentFixture.CALLER, AUTH, customerKey);
    }

    private IssueOutcome.Issued issued() {
        return new IssueOutcome.Issued(BillingWorld.KEY, customerKey, BillingWorld.FACE);
    }
}
