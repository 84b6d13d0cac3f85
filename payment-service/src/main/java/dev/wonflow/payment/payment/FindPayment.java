package dev.wonflow.payment.payment;

import dev.wonflow.payment.OrderId;
import dev.wonflow.payment.PaymentId;
import dev.wonflow.payment.PaymentKey;
import dev.wonflow.runtime.TenantId;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;

/** Looks a payment up by whatever id someone holds. */
@Service
public class FindPayment {

    private final Payments payments;
    private final Attempts attempts;

    FindPayment(Payments payments, Attempts attempts) {
        this.payments = payments;
        this.attempts = attempts;
    }

    /**
     * Finds a payment of the tenant; another tenant's is not found.
     *
     * @param id payment id, orderId, or the paymentKey of any attempt
     * @throws PaymentNotFound if there is none
     */
    public Payment find(TenantId tenantId, String id) {
        return find(id).filter(payment -> payment.purchase().tenantId().equals(tenantId))
                .orElseThrow(() -> new PaymentNotFound(id));
    }

    /** The same of whatever tenant. */
    Optional<Payment> find(String id) {
        return byPaymentId(id).or(() -> byOrderId(id)).or(() -> byPaymentKey(id));
    }

    private Optional<Payment> byPaymentId(String id) {
        try {
            return payments.findById(new PaymentId(UUID.fromString(id)));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private Optional<Payment> byOrderId(String id) {
        try {
            return payments.findByPurchaseOrderId(new OrderId(id));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private Optional<Payment> byPaymentKey(String id) {
        try {
            PaymentKey key = new PaymentKey(id);
            return payments.findByPaymentKey(key)
                    .or(() -> attempts.find(key).flatMap(attempt -> payments.findById(attempt.paymentId())));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
