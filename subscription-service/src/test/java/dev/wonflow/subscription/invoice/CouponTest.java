package dev.wonflow.subscription.invoice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.wonflow.money.Money;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CouponTest {

    private static final Instant END = Instant.parse("2026-02-01T00:00:00Z");

    @Test
    void coupon_holds_for_its_plans_until_it_expires() {
        Coupon coupon = new Coupon("SPRING", "Spring", 10, Money.ZERO, Set.of("team"), null, null, END);

        assertThat(coupon.holdsFor("team", END.minusNanos(1))).isTrue();
        assertThat(coupon.holdsFor("team", END)).isFalse();
        assertThat(coupon.holdsFor("basic", END.minusNanos(1))).isFalse();
    }

    @Test
    void coupon_takes_off_a_part_or_a_sum_and_never_both_or_nothing() {
        assertThatIllegalArgumentException().isThrownBy(() -> coupon("SPRING", 0, 0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> coupon("SPRING", 10, 1_000, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> coupon("SPRING", 101, 0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> coupon("spring", 10, 0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> coupon("SPRING", 10, 0, 0));
    }

    private static Coupon coupon(String code, int percent, long won, int periods) {
        return new Coupon(code, "Spring", percent, Money.ofWon(won), Set.of(), periods, null, null);
    }
}
