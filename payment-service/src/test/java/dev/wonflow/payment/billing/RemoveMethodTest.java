package dev.wonflow.payment.billing;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wonflow.access.Caller;
import dev.wonflow.payment.payment.PaymentFixture;
import dev.wonflow.runtime.TenantId;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RemoveMethodTest {

    private final BillingWorld world = new BillingWorld();

    @Test
    void life_cycle_has_exactly_these_steps() {
        String lifeCycle = Arrays.stream(BillingMethodStatus.values())
                .map(status -> status + " -> " + status.next())
                .collect(joining("\n", "", "\n"));

        assertThat(lifeCycle).isEqualTo("""
            ACTIVE -> [REMOVING, REMOVED]
            REMOVING -> [REMOVED]
            REMOVED -> []
            """);
    }

    @Test
    void removed_method_is_charged_no_more_and_toss_is_told() {
        BillingMethodId id = world.given(BillingMethodStatus.ACTIVE);

        world.removeMethod().remove(PaymentFixture.CALLER, id);
        world.removeMethod().remove(PaymentFixture.CALLER, id);

        assertThat(world.methods.findAndHold(id).orElseThrow().isChargeable()).isFalse();
        assertThat(world.methods.removals).containsOnlyKeys(id);
        assertThat(world.audited).hasSize(1);
        assertThat(world.told).containsExactly(id + " by TENANT");
    }

    @Test
    void method_of_another_tenant_is_none() {
        BillingMethodId id = world.given(BillingMethodStatus.ACTIVE);
        Caller other = new Caller(new TenantId("globex"), "someone", null);

        assertThatThrownBy(() -> world.removeMethod().remove(other, id)).isInstanceOf(BillingMethodNotFound.class);
        assertThat(world.methods.findAndHold(id).orElseThrow().isChargeable()).isTrue();
    }

    @Test
    void key_that_toss_says_is_gone_is_gone_here() {
        BillingMethodId id = world.given(BillingMethodStatus.ACTIVE);

        assertThat(world.removeMethod().removedAtToss(BillingWorld.KEY.print())).contains(true);
        assertThat(world.removeMethod().removedAtToss(BillingWorld.KEY.print())).contains(false);
        assertThat(world.methods.keys).doesNotContainKey(id);
        assertThat(world.told).containsExactly(id + " by TOSS");
    }

    @Test
    void method_whose_removal_was_told_is_not_told_of_again_when_toss_has_forgotten_it() {
        BillingMethodId id = world.given(BillingMethodStatus.ACTIVE);
        world.removeMethod().remove(PaymentFixture.CALLER, id);

        world.removeMethod().removedAtToss(id);

        assertThat(world.methods.findAndHold(id).orElseThrow().status()).isEqualTo(BillingMethodStatus.REMOVED);
        assertThat(world.told).containsExactly(id + " by TENANT");
    }

    @Test
    void key_that_is_none_of_ours_changes_nothing() {
        BillingMethodId id = world.given(BillingMethodStatus.ACTIVE);

        assertThat(world.removeMethod().removedAtToss("0".repeat(64))).isEmpty();
        assertThat(world.methods.findAndHold(id).orElseThrow().isChargeable()).isTrue();
    }
}
