package dev.wonflow.payment.billing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.payment.payment.PaymentFixture;
import dev.wonflow.testsupport.SequentialIds;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AnnounceMethodsTest {

    private final BillingWorld world = new BillingWorld();

    @Test
    void methods_of_the_version_before_are_told_of_once() {
        for (int i = 1; i <= 250; i++) {
            given(i, BillingMethodStatus.ACTIVE);
        }
        given(251, BillingMethodStatus.REMOVING);
        AnnounceMethods announceMethods = world.announceMethods();

        assertThat(announceMethods.announce()).isEqualTo(250);
        assertThat(announceMethods.announce()).isZero();

        assertThat(world.told)
                .hasSize(250)
                .doesNotHaveDuplicates()
                .allMatch(told -> told.endsWith(" registered"))
                .doesNotContain(SequentialIds.id(251) + " registered");
    }

    private void given(int number, BillingMethodStatus status) {
        BillingMethodId id = new BillingMethodId(SequentialIds.id(number));
        Instant now = world.clock.instant();
        world.methods.add(
                new BillingMethod(
                        id,
                        PaymentFixture.CALLER.tenant(),
                        "customer-" + number,
                        status,
                        BillingWorld.KEY.print(),
                        BillingWorld.FACE,
                        false,
                        now,
                        now),
                BillingWorld.KEY);
        world.methods.unannounced.add(id);
    }
}
