package dev.wonflow.payment.payment;

import dev.wonflow.payment.OrderId;
import dev.wonflow.payment.incident.Incident;
import dev.wonflow.payment.incident.Incidents;
import dev.wonflow.runtime.TenantId;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Applies that an order was called off. Remembered in every status: no further attempt starts. A payment that has moved
 * nothing ends; what is under way at Toss is followed to its end, a virtual account is closed, and money that is there
 * goes back.
 */
@Service
public class CancelPayment {

    private final Payments payments;
    private final ClosedOrders closedOrders;
    private final StatusChecks statusChecks;
    private final Incidents incidents;
    private final GiveBack giveBack;
    private final Changes changes;
    private final Clock clock;

    CancelPayment(
            Payments payments,
            ClosedOrders closedOrders,
            StatusChecks statusChecks,
            Incidents incidents,
            GiveBack giveBack,
            Changes changes,
            Clock clock) {
        this.payments = payments;
        this.closedOrders = closedOrders;
        this.statusChecks = statusChecks;
        this.incidents = incidents;
        this.giveBack = giveBack;
        this.changes = changes;
        this.clock = clock;
    }

    /**
     * In the transaction of the message that tells so.
     *
     * @param tenantId whose order it is; {@code null} if the message does not say
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void orderCancelled(OrderId orderId, @Nullable TenantId tenantId) {
        Instant now = clock.instant();
        payments.findAndHoldByPurchaseOrderId(orderId)
                .ifPresentOrElse(payment -> close(payment, now), () -> closedOrders.remember(orderId, tenantId, now));
    }

    private void close(Payment payment, Instant now) {
        if (payment.isOrderClosed()) {
            return;
        }
        Payment closed = payment.orderClosed(now);
        switch (payment.status()) {
            case REQUESTED, FAILED -> changes.save(closed.canceled(PaymentEvent.CancelReason.ORDER_CANCELLED, now));
            case CONFIRMING, UNKNOWN, CANCELED, REFUNDED -> payments.save(closed);
            case WAITING_FOR_DEPOSIT -> {
                payments.save(closed);
                statusChecks.require(payment.id(), now);
            }
            case PAID, PARTIALLY_REFUNDED -> {
                Payment stored = changes.owe(payment, closed, now);
                if (!giveBack.all(stored, now)) {
                    incidents.report(Incident.paidForClosedOrder(payment.id(), now));
                }
            }
        }
    }
}
