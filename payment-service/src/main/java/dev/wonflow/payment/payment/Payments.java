package dev.wonflow.payment.payment;

import dev.wonflow.payment.OrderId;
import dev.wonflow.payment.PaymentId;
import dev.wonflow.payment.PaymentKey;
import java.util.Optional;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The stored payments. */
public interface Payments {

    Optional<Payment> findById(PaymentId id);

    /**
     * Holds the payment until the transaction ends, so that what is decided about it is decided about its last state.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    Optional<Payment> findAndHoldById(PaymentId id);

    Optional<Payment> findByPurchaseOrderId(OrderId orderId);

    /** Holds the payment until the transaction ends, for a caller that cannot start again when it loses a race. */
    @Transactional(propagation = Propagation.MANDATORY)
    Optional<Payment> findAndHoldByPurchaseOrderId(OrderId orderId);

    Optional<Payment> findByPaymentKey(PaymentKey key);

    /**
     * Stores a new state.
     *
     * @return the payment with its new version
     * @throws org.springframework.dao.OptimisticLockingFailureException if someone else stored one in between
     */
    @Transactional(propagation = Propagation.MANDATORY)
    Payment save(Payment payment);
}
