package dev.wonflow.order.order;

import dev.wonflow.money.Money;
import dev.wonflow.order.OrderId;
import dev.wonflow.order.cart.Cart;
import dev.wonflow.order.payment.Payment;
import dev.wonflow.order.payment.PaymentFact;
import dev.wonflow.order.payment.PaymentNote;
import dev.wonflow.runtime.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a buyer wants, and whether it is paid. Immutable: a step answers a {@link Change}.
 *
 * @param requestId checkout request it answers; none if it came over HTTP
 * @param name what payment window and receipts show
 * @param amount what the items cost together
 * @param checking payment whose outcome is unknown so far
 * @param paidBy payment that confirmed the order, or came after it was cancelled
 * @param cancelReason why it was cancelled, if it was; kept while money that came afterwards holds it
 * @param expiresAt cancelled then unless paid before
 * @param version counts the changes; 0 before the first save
 */
public record Order(
        OrderId id,
        TenantId tenantId,
        @Nullable String requestId,
        Cart cart,
        String name,
        Money amount,
        OrderStatus status,
        @Nullable UUID checking,
        @Nullable UUID paidBy,
        @Nullable CancelReason cancelReason,
        Instant placedAt,
        Instant expiresAt,
        long version) {

    /**
     * How long a deposit made at the last moment may be on its way to us. More than payment-service waits after the due
     * date before it calls an account run out, so that the payment ends first.
     */
    private static final Duration DEPOSIT_GRACE = Duration.ofMinutes(15);

    /**
     * A new state, the fact that explains it and a line for the failure log. All are stored together, or nothing is.
     */
    public record Change(
            Order order,
            @Nullable OrderEvent event,
            @Nullable PaymentNote note) {}

    static Change placed(
            OrderId id,
            TenantId tenantId,
            @Nullable String requestId,
            Cart cart,
            Instant at,
            Duration paymentDeadline) {
        Order order = new Order(
                id,
                tenantId,
                requestId,
                cart,
                cart.name(),
                cart.total(),
                OrderStatus.PENDING,
                null,
                null,
                null,
                at,
                at.plus(paymentDeadline),
                0);
        return new Change(order, new OrderEvent.Placed(at), null);
    }

    /** Whether it is still unknown if the buyer has paid. */
    public boolean isChecking() {
        return checking != null;
    }

    /**
     * Applies what is known about a payment. Never makes a cancelled order a paid one: money that came after the order
     * was cancelled puts it on hold until that money has gone back, and goes to the failure log.
     *
     * @param now when we learned of it
     */
    Change after(PaymentFact fact, Instant now) {
        Payment payment = fact.payment();
        if (!payment.tenantId().equals(tenantId)) {
            return incident(payment, now, PaymentNote.TENANT_DIFFERS, "payment of tenant " + payment.tenantId());
        }
        return switch (fact) {
            case PaymentFact.Requested _, PaymentFact.PartiallyRefunded _ -> unchanged();
            case PaymentFact.OutcomeUnknown _ ->
                status == OrderStatus.PENDING ? only(withChecking(payment.id())) : unchanged();
            case PaymentFact.WaitingForDeposit(var _, var dueAt) ->
                status == OrderStatus.PENDING ? only(checked(payment).notExpiringBefore(dueAt)) : unchanged();
            case PaymentFact.Paid(var _, var at) -> paid(payment, at, now);
            case PaymentFact.Reversed(var _, var at) -> reversed(payment, at, now);
            case PaymentFact.Failed(var _, var code, var message, var at) ->
                new Change(
                        checked(payment),
                        null,
                        new PaymentNote(PaymentNote.Kind.FAILURE, payment.id(), code, message, at));
            case PaymentFact.Canceled(var _, var cause, var at) -> canceled(payment, reason(cause), at);
            case PaymentFact.Refunded(var _, var at) -> refunded(payment, at);
        };
    }

    /**
     * Sends the goods.
     *
     * @throws IllegalTransition unless the order is confirmed
     */
    Change ship(Instant at) {
        return new Change(moveTo(OrderStatus.SHIPPED), new OrderEvent.Shipped(at), null);
    }

    /**
     * Cancels the order for the shop.
     *
     * @throws CancelRefused while its payment is being checked, and once it is paid
     * @throws IllegalTransition if it is cancelled already
     */
    Change cancel(Instant at) {
        if (isChecking()) {
            throw new CancelRefused(id, CancelRefused.Cause.CHECKING);
        }
        if (isPaidTooLate()) {
            throw new CancelRefused(id, CancelRefused.Cause.PAID);
        }
        return switch (status) {
            case CONFIRMED, SHIPPED -> throw new CancelRefused(id, CancelRefused.Cause.PAID);
            case PENDING, ON_HOLD, CANCELLED -> cancelled(CancelReason.REQUESTED, at);
        };
    }

    /** Whether the order has waited long enough for its payment. Never while it is unknown whether it is paid. */
    boolean isExpired(Instant now) {
        return status == OrderStatus.PENDING && !isChecking() && !now.isBefore(expiresAt);
    }

    /**
     * Cancels the order because it was not paid in time.
     *
     * @throws IllegalStateException unless it {@linkplain #isExpired is expired}
     */
    Change expire(Instant now) {
        if (!isExpired(now)) {
            throw new IllegalStateException(
                    "order " + id + ": " + status + " until " + expiresAt + " (expected: unpaid after it)");
        }
        return cancelled(CancelReason.EXPIRED, now);
    }

    private Change paid(Payment payment, Instant at, Instant now) {
        if (!payment.amount().equals(amount)) {
            return incident(
                    payment,
                    now,
                    PaymentNote.PAID_AMOUNT_DIFFERS,
                    "paid " + payment.amount() + " (expected: " + amount + ")");
        }
        if (isPaidTooLate()) {
            return isPaidBy(payment) ? unchanged() : paidTwice(payment, now);
        }
        return switch (status) {
            case PENDING, ON_HOLD ->
                new Change(
                        moveTo(OrderStatus.CONFIRMED).withPaidBy(payment.id()),
                        new OrderEvent.Confirmed(payment.id(), payment.amount(), payment.livemode(), at),
                        null);
            case CONFIRMED, SHIPPED -> isPaidBy(payment) ? unchanged() : paidTwice(payment, now);
            case CANCELLED ->
                new Change(
                        moveTo(OrderStatus.ON_HOLD).withPaidBy(payment.id()),
                        new OrderEvent.Held(payment.id(), OrderEvent.HoldReason.PAID_AFTER_CANCELLATION, at),
                        incidentNote(
                                payment,
                                now,
                                PaymentNote.PAID_AFTER_CANCELLATION,
                                "order was cancelled: " + cancelReason));
        };
    }

    private Change paidTwice(Payment payment, Instant now) {
        return incident(payment, now, PaymentNote.PAID_TWICE, "already paid by payment " + paidBy);
    }

    private Change reversed(Payment payment, Instant at, Instant now) {
        if (!isPaidBy(payment)) {
            return unchanged();
        }
        return switch (status) {
            case CONFIRMED ->
                new Change(
                        moveTo(OrderStatus.ON_HOLD),
                        new OrderEvent.Held(payment.id(), OrderEvent.HoldReason.PAYMENT_REVERSED, at),
                        null);
            case SHIPPED ->
                incident(payment, now, PaymentNote.REVERSED_AFTER_SHIPPING, "goods were shipped before the reversal");
            // The money that held a cancelled order is gone.
            case ON_HOLD -> cancelReason == null ? unchanged() : cancelled(cancelReason, at);
            case PENDING, CANCELLED -> unchanged();
        };
    }

    private Change canceled(Payment payment, CancelReason reason, Instant at) {
        return switch (status) {
            case PENDING, ON_HOLD -> anotherMayBePaid(payment) ? unchanged() : cancelled(reason, at);
            case CONFIRMED, SHIPPED, CANCELLED -> unchanged();
        };
    }

    private static CancelReason reason(PaymentFact.Canceled.Cause cause) {
        return switch (cause) {
            case BUYER_CANCELED -> CancelReason.BUYER_CANCELED;
            case NOT_ON_SALE -> CancelReason.NOT_ON_SALE;
        };
    }

    private Change refunded(Payment payment, Instant at) {
        boolean anotherPaid = paidBy != null && !isPaidBy(payment);
        return status == OrderStatus.CANCELLED || anotherPaid || anotherMayBePaid(payment)
                ? unchanged()
                : cancelled(CancelReason.REFUNDED, at);
    }

    private Change cancelled(CancelReason reason, Instant at) {
        Order cancelled = moveTo(OrderStatus.CANCELLED);
        return new Change(cancelled.withCancelReason(reason), new OrderEvent.Cancelled(reason, at), null);
    }

    private Change unchanged() {
        return only(this);
    }

    private Change only(Order order) {
        return new Change(order, null, null);
    }

    private Change incident(Payment payment, Instant now, String code, String message) {
        return new Change(checked(payment), null, incidentNote(payment, now, code, message));
    }

    private static PaymentNote incidentNote(Payment payment, Instant now, String code, String message) {
        return new PaymentNote(PaymentNote.Kind.INCIDENT, payment.id(), code, message, now);
    }

    /** Whether money holds an order that had been cancelled. */
    private boolean isPaidTooLate() {
        return status == OrderStatus.ON_HOLD && cancelReason != null;
    }

    private boolean anotherMayBePaid(Payment payment) {
        return isChecking() && !payment.id().equals(checking);
    }

    private boolean isPaidBy(Payment payment) {
        return payment.id().equals(paidBy);
    }

    /** This payment's outcome is known now. */
    private Order checked(Payment payment) {
        return payment.id().equals(checking) ? withChecking(null) : this;
    }

    private Order moveTo(OrderStatus to) {
        if (!status.next().contains(to)) {
            throw new IllegalTransition(id, status, to);
        }
        return with(to, null, paidBy, cancelReason, expiresAt);
    }

    private Order withChecking(@Nullable UUID payment) {
        return with(status, payment, paidBy, cancelReason, expiresAt);
    }

    private Order withPaidBy(UUID payment) {
        return with(status, checking, payment, cancelReason, expiresAt);
    }

    private Order withCancelReason(CancelReason reason) {
        return with(status, checking, paidBy, reason, expiresAt);
    }

    /** A buyer who pays until {@code dueAt} must find the order still there when we hear of it. */
    private Order notExpiringBefore(@Nullable Instant dueAt) {
        Instant heard = dueAt == null ? expiresAt : dueAt.plus(DEPOSIT_GRACE);
        return heard.isAfter(expiresAt) ? with(status, checking, paidBy, cancelReason, heard) : this;
    }

    private Order with(
            OrderStatus newStatus,
            @Nullable UUID newChecking,
            @Nullable UUID newPaidBy,
            @Nullable CancelReason newCancelReason,
            Instant newExpiresAt) {
        return new Order(
                id,
                tenantId,
                requestId,
                cart,
                name,
                amount,
                newStatus,
                newChecking,
                newPaidBy,
                newCancelReason,
                placedAt,
                newExpiresAt,
                version);
    }
}
