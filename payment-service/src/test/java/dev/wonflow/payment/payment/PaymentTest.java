package dev.wonflow.payment.payment;

import static dev.wonflow.payment.payment.PaymentFixture.DECLINE;
import static dev.wonflow.payment.payment.PaymentFixture.KEY;
import static dev.wonflow.payment.payment.PaymentFixture.NOON;
import static dev.wonflow.payment.payment.PaymentFixture.PRICE;
import static dev.wonflow.payment.payment.PaymentFixture.aGatewayPayment;
import static dev.wonflow.payment.payment.PaymentFixture.aPayment;
import static dev.wonflow.payment.payment.PaymentFixture.aPurchase;
import static dev.wonflow.payment.payment.PaymentFixture.anAwaitedCharge;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wonflow.money.Money;
import dev.wonflow.payment.gateway.Failure;
import dev.wonflow.runtime.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PaymentTest {

    private static final Instant LATER = NOON.plus(Duration.ofHours(1));

    @ParameterizedTest
    @MethodSource("everyPair")
    void every_step_is_taken_or_refused_as_the_life_cycle_says(PaymentStatus from, PaymentStatus to) {
        Payment payment = aPayment(from);

        if (from.next().contains(to)) {
            assertThat(move(payment, to)).satisfies(moved -> {
                assertThat(moved.status()).isEqualTo(to);
                assertThat(moved.changedAt()).isEqualTo(LATER);
                assertThat(moved.purchase()).isEqualTo(payment.purchase());
            });
        } else {
            assertThatThrownBy(() -> move(payment, to))
                    .isInstanceOf(IllegalTransition.class)
                    .hasMessage("payment " + payment.id() + ": " + from + " -> " + to + " (expected: one of "
                            + from.next() + ")");
        }
    }

    static Stream<Arguments> everyPair() {
        return Arrays.stream(PaymentStatus.values())
                .flatMap(from -> Arrays.stream(PaymentStatus.values())
                        // Nothing ever asks for this one: a payment begins in it.
                        .filter(to -> to != PaymentStatus.REQUESTED)
                        .map(to -> Arguments.of(from, to)));
    }

    private static Payment move(Payment payment, PaymentStatus to) {
        return switch (to) {
            case REQUESTED -> throw new IllegalArgumentException("no step leads to REQUESTED");
            case CONFIRMING -> payment.confirming(KEY, LATER);
            case UNKNOWN -> payment.unknown("TIMEOUT", LATER).payment();
            case WAITING_FOR_DEPOSIT ->
                payment.waitingForDeposit(anAwaitedCharge(), LATER).payment();
            case PAID -> payment.paid(aGatewayPayment(), LATER).payment();
            case FAILED -> payment.failed(DECLINE, LATER).payment();
            case CANCELED ->
                payment.canceled(PaymentEvent.CancelReason.ORDER_CANCELLED, LATER)
                        .payment();
            case PARTIALLY_REFUNDED ->
                refundable(payment)
                        .refunded(Money.ofWon(1_000), RefundOrigin.REQUESTED, LATER)
                        .payment();
            case REFUNDED ->
                refundable(payment)
                        .refunded(Money.ZERO, RefundOrigin.REQUESTED, LATER)
                        .payment();
        };
    }

    /** Holds money, whatever its status, so that only the status can refuse the step. */
    private static Payment refundable(Payment payment) {
        return new Payment(
                payment.id(),
                payment.purchase(),
                payment.livemode(),
                payment.status(),
                KEY,
                CapturedFunds.of(aGatewayPayment()),
                null,
                payment.requestedAt(),
                payment.changedAt(),
                payment.orderClosedAt(),
                payment.accountAskedAt(),
                payment.version());
    }

    @Test
    void paid_payment_tells_what_was_paid_and_when_by_tosss_clock() {
        Payment.Change paid = aPayment(PaymentStatus.CONFIRMING).paid(aGatewayPayment(), LATER);

        assertThat(paid.event()).isEqualTo(new PaymentEvent.Paid(KEY, "카드", NOON));
        assertThat(paid.payment().balance()).isEqualTo(PRICE);
    }

    @Test
    void deposit_that_is_taken_back_is_a_reversal_and_leaves_no_balance() {
        Payment.Change reversed = aPayment(PaymentStatus.PAID).waitingForDeposit(anAwaitedCharge(), LATER);

        assertThat(reversed.event()).isEqualTo(new PaymentEvent.Reversed(LATER));
        assertThat(reversed.payment().balance()).isEqualTo(Money.ZERO);
    }

    @Test
    void partial_refunds_that_add_up_are_a_full_one() {
        Payment.Change first =
                aPayment(PaymentStatus.PAID).refunded(Money.ofWon(20_000), RefundOrigin.REQUESTED, LATER);
        Payment.Change second = first.payment().refunded(Money.ZERO, RefundOrigin.REQUESTED, LATER);

        assertThat(first.event())
                .isEqualTo(new PaymentEvent.PartiallyRefunded(
                        Money.ofWon(13_000), Money.ofWon(20_000), RefundOrigin.REQUESTED, LATER));
        assertThat(second.event()).isEqualTo(new PaymentEvent.Refunded(PRICE, RefundOrigin.REQUESTED, LATER));
        assertThat(second.payment().status()).isEqualTo(PaymentStatus.REFUNDED);
    }

    @Test
    void refund_that_leaves_more_than_there_was_is_refused() {
        Payment partly = aPayment(PaymentStatus.PARTIALLY_REFUNDED);

        assertThatThrownBy(() -> partly.refunded(partly.balance(), RefundOrigin.REQUESTED, LATER))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected: less than 21000 KRW");
    }

    @Test
    void new_try_forgets_the_failure_of_the_last() {
        assertThat(aPayment(PaymentStatus.FAILED).failure()).isEqualTo(DECLINE);
        assertThat(aPayment(PaymentStatus.FAILED)
                        .confirming(PaymentFixture.OTHER_KEY, LATER)
                        .failure())
                .isNull();
    }

    @Test
    void secret_of_the_webhooks_cannot_be_printed() {
        assertThat(aPayment(PaymentStatus.PAID).toString()).doesNotContain("ps_7hK2mQ9xV4bN1cT8wR5yL3dG6jZa");
    }

    @Test
    void account_and_its_holder_cannot_be_printed() {
        assertThat(PaymentFixture.anAwaitedCharge().toString()).doesNotContain(PaymentFixture.ACCOUNT.number(), "김하늘");
    }

    @Test
    void sum_no_card_takes_is_refused() {
        assertThatThrownBy(() -> new Purchase(
                        aPurchase().orderId(), new TenantId("default"), "머그컵", Money.ofWon(99), null, null))
                .hasMessage("amount: 99 KRW (expected: at least 100 KRW)");
    }

    @Test
    void foreign_texts_are_bent_to_what_can_be_stored() {
        assertThat(new Failure("[S008] 기존 요청", "x".repeat(600)))
                .isEqualTo(new Failure("UNLISTED_CODE", "x".repeat(510)));
    }
}
