package dev.wonflow.order.order;

import static dev.wonflow.order.order.OrderFixture.LATER;
import static dev.wonflow.order.order.OrderFixture.NOON;
import static dev.wonflow.order.order.OrderFixture.OTHER_PAYMENT;
import static dev.wonflow.order.order.OrderFixture.PAYMENT;
import static dev.wonflow.order.order.OrderFixture.PRICE;
import static dev.wonflow.order.order.OrderFixture.aCancelledOrder;
import static dev.wonflow.order.order.OrderFixture.aCheckedOrder;
import static dev.wonflow.order.order.OrderFixture.aConfirmedOrder;
import static dev.wonflow.order.order.OrderFixture.aPayment;
import static dev.wonflow.order.order.OrderFixture.aPendingOrder;
import static dev.wonflow.order.order.OrderFixture.aShippedOrder;
import static dev.wonflow.order.order.OrderFixture.anOrder;
import static dev.wonflow.order.order.OrderFixture.anOrderOnHold;
import static dev.wonflow.order.order.OrderFixture.anOrderPaidTooLate;
import static dev.wonflow.order.order.OrderFixture.anotherPayment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wonflow.money.Money;
import dev.wonflow.order.order.Order.Change;
import dev.wonflow.order.payment.Payment;
import dev.wonflow.order.payment.PaymentFact;
import dev.wonflow.order.payment.PaymentNote;
import dev.wonflow.runtime.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class OrderTest {

    @Test
    void placed_order_waits_for_its_payment_until_the_deadline() {
        Order order = aPendingOrder();

        assertThat(order.status()).isEqualTo(OrderStatus.PENDING);
        assertThat(order.name()).isEqualTo("머그컵 외 1건");
        assertThat(order.amount()).isEqualTo(PRICE);
        assertThat(order.expiresAt()).isEqualTo(NOON.plus(Duration.ofMinutes(30)));
    }

    /** Which state each fact leads to from each state: the whole mapping table, and nothing moves besides. */
    @Test
    void facts_about_the_payment_lead_to_exactly_these_states() {
        assertThat(table()).isEqualTo("""
            Requested         PENDING->PENDING CONFIRMED->CONFIRMED ON_HOLD->ON_HOLD SHIPPED->SHIPPED CANCELLED->CANCELLED
            OutcomeUnknown    PENDING->PENDING? CONFIRMED->CONFIRMED ON_HOLD->ON_HOLD SHIPPED->SHIPPED CANCELLED->CANCELLED
            WaitingForDeposit PENDING->PENDING CONFIRMED->CONFIRMED ON_HOLD->ON_HOLD SHIPPED->SHIPPED CANCELLED->CANCELLED
            Paid              PENDING->CONFIRMED CONFIRMED->CONFIRMED ON_HOLD->CONFIRMED SHIPPED->SHIPPED CANCELLED->ON_HOLD!
            Reversed          PENDING->PENDING CONFIRMED->ON_HOLD ON_HOLD->ON_HOLD SHIPPED->SHIPPED! CANCELLED->CANCELLED
            Failed            PENDING->PENDING CONFIRMED->CONFIRMED ON_HOLD->ON_HOLD SHIPPED->SHIPPED CANCELLED->CANCELLED
            Canceled          PENDING->CANCELLED CONFIRMED->CONFIRMED ON_HOLD->CANCELLED SHIPPED->SHIPPED CANCELLED->CANCELLED
            Refunded          PENDING->CANCELLED CONFIRMED->CANCELLED ON_HOLD->CANCELLED SHIPPED->CANCELLED CANCELLED->CANCELLED
            PartiallyRefunded PENDING->PENDING CONFIRMED->CONFIRMED ON_HOLD->ON_HOLD SHIPPED->SHIPPED CANCELLED->CANCELLED
            """);
    }

    @Test
    void payment_confirms_the_order_and_says_by_what() {
        Change change = aPendingOrder().after(new PaymentFact.Paid(aPayment(), LATER), LATER);

        assertThat(change.order().paidBy()).isEqualTo(PAYMENT);
        assertThat(change.event()).isEqualTo(new OrderEvent.Confirmed(PAYMENT, PRICE, false, LATER));
        assertThat(change.note()).isNull();
    }

    @Test
    void unknown_outcome_keeps_the_order_pending_and_shows_that_it_is_being_checked() {
        assertThat(aCheckedOrder().status()).isEqualTo(OrderStatus.PENDING);
        assertThat(aCheckedOrder().isChecking()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("definiteFacts")
    void definite_outcome_ends_the_checking(PaymentFact fact) {
        assertThat(aCheckedOrder().after(fact, LATER).order().isChecking()).isFalse();
    }

    static List<PaymentFact> definiteFacts() {
        return List.of(
                new PaymentFact.Paid(aPayment(), LATER),
                new PaymentFact.Failed(aPayment(), "REJECT_CARD_COMPANY", null, LATER),
                new PaymentFact.Canceled(aPayment(), LATER),
                new PaymentFact.WaitingForDeposit(aPayment(), null));
    }

    @Test
    void outcome_of_another_payment_does_not_end_the_checking() {
        Change failed = aCheckedOrder().after(new PaymentFact.Failed(anotherPayment(), "X", null, LATER), LATER);
        Change canceled = aCheckedOrder().after(new PaymentFact.Canceled(anotherPayment(), LATER), LATER);

        assertThat(failed.order().isChecking()).isTrue();
        assertThat(canceled.order()).isEqualTo(aCheckedOrder());
        assertThat(canceled.event()).isNull();
    }

    @Test
    void payment_that_ends_because_the_plan_is_not_sold_for_it_ends_the_order_for_that_reason() {
        Change change = aPendingOrder()
                .after(new PaymentFact.Canceled(aPayment(), PaymentFact.Canceled.Cause.NOT_ON_SALE, LATER), LATER);

        assertThat(change.order().status()).isEqualTo(OrderStatus.CANCELLED);
        assertThat(change.event()).isEqualTo(new OrderEvent.Cancelled(CancelReason.NOT_ON_SALE, LATER));
    }

    @Test
    void failure_is_noted_and_the_buyer_can_try_again() {
        Change change =
                aPendingOrder().after(new PaymentFact.Failed(aPayment(), "REJECT_CARD_COMPANY", "한도 초과", LATER), LATER);

        assertThat(change.order()).isEqualTo(aPendingOrder());
        assertThat(change.event()).isNull();
        assertThat(change.note())
                .isEqualTo(new PaymentNote(PaymentNote.Kind.FAILURE, PAYMENT, "REJECT_CARD_COMPANY", "한도 초과", LATER));
    }

    @Test
    void deposit_may_be_made_until_its_own_due_date_and_take_a_while_to_be_heard_of() {
        Instant nextWeek = NOON.plus(Duration.ofDays(7));

        Order waiting = aPendingOrder()
                .after(new PaymentFact.WaitingForDeposit(aPayment(), nextWeek), LATER)
                .order();

        assertThat(waiting.expiresAt()).isEqualTo(nextWeek.plus(Duration.ofMinutes(15)));
        assertThat(aPendingOrder()
                        .after(new PaymentFact.WaitingForDeposit(aPayment(), NOON), LATER)
                        .order()
                        .expiresAt())
                .isEqualTo(aPendingOrder().expiresAt());
    }

    @Test
    void money_for_a_cancelled_order_holds_it_and_never_revives_it() {
        Change change = aCancelledOrder().after(new PaymentFact.Paid(aPayment(), LATER), LATER);

        assertThat(change.order()).isEqualTo(anOrderPaidTooLate());
        assertThat(change.order().status()).isEqualTo(OrderStatus.ON_HOLD);
        assertThat(change.event())
                .isEqualTo(new OrderEvent.Held(PAYMENT, OrderEvent.HoldReason.PAID_AFTER_CANCELLATION, LATER));
        assertThat(incident(change)).isEqualTo(PaymentNote.PAID_AFTER_CANCELLATION);
    }

    @Test
    void order_paid_too_late_is_neither_confirmed_nor_called_off_again_while_the_money_is_there() {
        Order held = anOrderPaidTooLate();

        assertThat(held.after(new PaymentFact.Paid(aPayment(), LATER), LATER)).isEqualTo(new Change(held, null, null));
        assertThat(incident(held.after(new PaymentFact.Paid(anotherPayment(), LATER), LATER)))
                .isEqualTo(PaymentNote.PAID_TWICE);
        assertThatThrownBy(() -> held.cancel(LATER))
                .isInstanceOf(CancelRefused.class)
                .hasMessageContaining("refund");
        assertThatThrownBy(() -> held.ship(LATER)).isInstanceOf(IllegalTransition.class);
    }

    @Test
    void order_paid_too_late_is_cancelled_again_once_the_money_has_gone_back() {
        Change refunded = anOrderPaidTooLate().after(new PaymentFact.Refunded(aPayment(), LATER), LATER);
        Change reversed = anOrderPaidTooLate().after(new PaymentFact.Reversed(aPayment(), LATER), LATER);

        assertThat(refunded.event()).isEqualTo(new OrderEvent.Cancelled(CancelReason.REFUNDED, LATER));
        assertThat(reversed.event()).isEqualTo(new OrderEvent.Cancelled(CancelReason.REQUESTED, LATER));
        assertThat(reversed.order()
                        .after(new PaymentFact.Paid(aPayment(), LATER), LATER)
                        .order())
                .isEqualTo(anOrderPaidTooLate());
    }

    @ParameterizedTest
    @EnumSource(names = {"CONFIRMED", "SHIPPED"})
    void second_payment_of_a_paid_order_is_an_incident(OrderStatus status) {
        Change change = anOrder(status).after(new PaymentFact.Paid(anotherPayment(), LATER), LATER);

        assertThat(change.order().paidBy()).isEqualTo(PAYMENT).isNotEqualTo(OTHER_PAYMENT);
        assertThat(incident(change)).isEqualTo(PaymentNote.PAID_TWICE);
    }

    @Test
    void wrong_sum_does_not_confirm() {
        Payment tooLittle = new Payment(PAYMENT, OrderFixture.ID, OrderFixture.TENANT, Money.ofWon(32_999), true);

        Change change = aPendingOrder().after(new PaymentFact.Paid(tooLittle, LATER), LATER);

        assertThat(change.order().status()).isEqualTo(OrderStatus.PENDING);
        assertThat(incident(change)).isEqualTo(PaymentNote.PAID_AMOUNT_DIFFERS);
    }

    @Test
    void payment_of_another_tenant_changes_nothing() {
        Payment foreign = new Payment(PAYMENT, OrderFixture.ID, new TenantId("someone-else"), PRICE, true);

        Change change = aPendingOrder().after(new PaymentFact.Paid(foreign, LATER), LATER);

        assertThat(change.order()).isEqualTo(aPendingOrder());
        assertThat(incident(change)).isEqualTo(PaymentNote.TENANT_DIFFERS);
    }

    @Test
    void refund_of_a_second_payment_leaves_the_order_alone() {
        assertThat(aConfirmedOrder()
                        .after(new PaymentFact.Refunded(anotherPayment(), LATER), LATER)
                        .order())
                .isEqualTo(aConfirmedOrder());
    }

    @Test
    void deposit_that_comes_again_confirms_a_held_order_again() {
        Change change = anOrderOnHold().after(new PaymentFact.Paid(aPayment(), LATER), LATER);

        assertThat(change.order().status()).isEqualTo(OrderStatus.CONFIRMED);
        assertThat(change.event()).isInstanceOf(OrderEvent.Confirmed.class);
    }

    @Test
    void confirmed_order_is_shipped() {
        assertThat(aShippedOrder().status()).isEqualTo(OrderStatus.SHIPPED);
        assertThat(aConfirmedOrder().ship(LATER).event()).isEqualTo(new OrderEvent.Shipped(LATER));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CONFIRMED")
    void only_a_confirmed_order_is_shipped(OrderStatus status) {
        assertThatThrownBy(() -> anOrder(status).ship(LATER))
                .isInstanceOf(IllegalTransition.class)
                .hasMessageContaining(status + " -> SHIPPED (expected: one of " + status.next() + ")");
    }

    @ParameterizedTest
    @EnumSource(names = {"PENDING", "ON_HOLD"})
    void unpaid_order_is_cancelled_on_request(OrderStatus status) {
        Change change = anOrder(status).cancel(LATER);

        assertThat(change.order().status()).isEqualTo(OrderStatus.CANCELLED);
        assertThat(change.order().cancelReason()).isEqualTo(CancelReason.REQUESTED);
        assertThat(change.event()).isEqualTo(new OrderEvent.Cancelled(CancelReason.REQUESTED, LATER));
    }

    @Test
    void order_is_not_cancelled_while_the_buyer_may_have_paid() {
        assertThatThrownBy(() -> aCheckedOrder().cancel(LATER))
                .isInstanceOf(CancelRefused.class)
                .hasMessageContaining("being checked");
    }

    @ParameterizedTest
    @EnumSource(names = {"CONFIRMED", "SHIPPED"})
    void paid_order_needs_a_refund_first(OrderStatus status) {
        assertThatThrownBy(() -> anOrder(status).cancel(LATER))
                .isInstanceOf(CancelRefused.class)
                .hasMessageContaining("refund");
    }

    @Test
    void cancelled_order_is_not_cancelled_again() {
        assertThatThrownBy(() -> aCancelledOrder().cancel(LATER)).isInstanceOf(IllegalTransition.class);
    }

    @Test
    void unpaid_order_expires_at_its_deadline_and_not_before() {
        Order order = aPendingOrder();

        assertThat(order.isExpired(order.expiresAt().minusMillis(1))).isFalse();
        assertThat(order.expire(order.expiresAt()).event())
                .isEqualTo(new OrderEvent.Cancelled(CancelReason.EXPIRED, order.expiresAt()));
        assertThatThrownBy(() -> order.expire(NOON)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void order_never_expires_while_the_buyer_may_have_paid() {
        assertThat(aCheckedOrder().isExpired(NOON.plus(Duration.ofDays(365)))).isFalse();
    }

    private static String incident(Change change) {
        PaymentNote note = Objects.requireNonNull(change.note());
        assertThat(note.kind()).isEqualTo(PaymentNote.Kind.INCIDENT);
        return note.code();
    }

    private static String table() {
        Map<OrderStatus, Order> orders = new EnumMap<>(OrderStatus.class);
        for (OrderStatus status : OrderStatus.values()) {
            orders.put(status, anOrder(status));
        }
        StringBuilder table = new StringBuilder();
        Stream.of(
                        new PaymentFact.Requested(aPayment()),
                        new PaymentFact.OutcomeUnknown(aPayment()),
                        new PaymentFact.WaitingForDeposit(aPayment(), null),
                        new PaymentFact.Paid(aPayment(), LATER),
                        new PaymentFact.Reversed(aPayment(), LATER),
                        new PaymentFact.Failed(aPayment(), "X", null, LATER),
                        new PaymentFact.Canceled(aPayment(), LATER),
                        new PaymentFact.Refunded(aPayment(), LATER),
                        new PaymentFact.PartiallyRefunded(aPayment()))
                .forEach(fact -> table.append(row(fact, orders)).append('\n'));
        // A kind of fact that is not in the table would go unnoticed.
        assertThat(PaymentFact.class.getPermittedSubclasses()).hasSize(9);
        return table.toString();
    }

    /** A question mark says "being checked", an exclamation mark "incident". */
    private static String row(PaymentFact fact, Map<OrderStatus, Order> orders) {
        StringBuilder row = new StringBuilder("%-17s".formatted(fact.getClass().getSimpleName()));
        Arrays.stream(OrderStatus.values()).forEach(status -> {
            Change change = Objects.requireNonNull(orders.get(status)).after(fact, LATER);
            PaymentNote note = change.note();
            row.append(' ').append(status).append("->").append(change.order().status());
            row.append(change.order().isChecking() ? "?" : "");
            row.append(note != null && note.kind() == PaymentNote.Kind.INCIDENT ? "!" : "");
        });
        return row.toString();
    }
}
