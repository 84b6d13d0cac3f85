package dev.wonflow.payment.payment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.runtime.TenantId;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AwaitedPaymentsTest {

    private static final Duration ON_THE_WAY = Duration.ofMinutes(10);

    /** Made when {@link PaymentFixture#ORDER} was, by its form. */
    private static final String OF_NOBODY_MADE_THEN = "ord_019b8c18e38073c4af0b6d4c8e91a0ff";

    private static final TenantId OTHER_TENANT = new TenantId("someone-else");

    private final World world = new World();
    private boolean unread;
    private Runnable whileLooking = () -> {};

    private final AwaitedPayments awaited = awaiting(ON_THE_WAY);

    @BeforeEach
    void no_order_is_young() {
        world.clock.advance(Duration.ofDays(1));
    }

    @Test
    void order_nobody_placed_is_not_awaited_once_everything_is_read() {
        assertThat(awaited.isAwaited(PaymentFixture.TENANT, id(Duration.ofHours(1))))
                .isFalse();

        unread = true;

        assertThat(awaited.isAwaited(PaymentFixture.TENANT, id(Duration.ofHours(1))))
                .isTrue();
    }

    @Test
    void young_order_is_awaited_although_everything_is_read() {
        assertThat(awaited.isAwaited(PaymentFixture.TENANT, id(ON_THE_WAY))).isTrue();
        assertThat(awaited.isAwaited(PaymentFixture.TENANT, id(ON_THE_WAY.plusMillis(1))))
                .isFalse();
    }

    @Test
    void order_of_a_clock_a_little_ahead_is_young_and_one_of_next_week_is_not() {
        assertThat(awaited.isAwaited(PaymentFixture.TENANT, id(Duration.ofSeconds(-5))))
                .isTrue();
        assertThat(awaited.isAwaited(PaymentFixture.TENANT, id(Duration.ofDays(-7))))
                .isFalse();
    }

    @Test
    void payment_that_came_while_we_looked_is_there_for_the_next_request() {
        whileLooking = () -> world.given(PaymentStatus.REQUESTED);

        assertThat(awaited.isAwaited(PaymentFixture.TENANT, PaymentFixture.ORDER.value()))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    void payment_of_another_tenant_is_answered_as_one_that_does_not_exist(boolean young, boolean some) {
        AwaitedPayments payments = awaiting(young ? Duration.ofDays(2) : ON_THE_WAY);
        unread = some;
        world.given(PaymentStatus.REQUESTED);

        assertThat(payments.isAwaited(OTHER_TENANT, PaymentFixture.ORDER.value()))
                .isEqualTo(payments.isAwaited(OTHER_TENANT, OF_NOBODY_MADE_THEN))
                .isEqualTo(young || some);
    }

    @Test
    void order_of_the_tenants_own_that_was_called_off_before_it_was_known_is_not_awaited() {
        unread = true;
        world.cancelPayment().orderCancelled(PaymentFixture.ORDER, PaymentFixture.TENANT);

        assertThat(awaited.isAwaited(PaymentFixture.TENANT, PaymentFixture.ORDER.value()))
                .isFalse();
        assertThat(awaited.isAwaited(OTHER_TENANT, PaymentFixture.ORDER.value()))
                .isTrue();
    }

    @Test
    void order_that_was_called_off_without_a_word_whose_it_is_is_awaited_like_one_nobody_knows() {
        unread = true;
        world.cancelPayment().orderCancelled(PaymentFixture.ORDER, null);

        assertThat(awaited.isAwaited(PaymentFixture.TENANT, PaymentFixture.ORDER.value()))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "order-of-a-shop",
                "ord_019b8c18e38043c4af0b6d4c8e91a001",
                "ord_019B8C18E38073C4AF0B6D4C8E91A001",
                "ord_019b8c18e38073c4af0b6d4c8e91a0012",
                "019b8c18-e380-73c4-af0b-6d4c8e91a001",
                "no!"
            })
    void what_is_no_id_of_our_making_is_never_awaited(String id) {
        unread = true;

        assertThat(awaited.isAwaited(PaymentFixture.TENANT, id)).isFalse();
    }

    private AwaitedPayments awaiting(Duration onTheWay) {
        return new AwaitedPayments(
                world.payments,
                world.closedOrders,
                () -> {
                    whileLooking.run();
                    return unread;
                },
                new AwaitedProperties(onTheWay),
                world.clock);
    }

    private String id(Duration age) {
        return "ord_%012x73c4af0b6d4c8e91a001"
                .formatted(world.clock.instant().minus(age).toEpochMilli());
    }
}
