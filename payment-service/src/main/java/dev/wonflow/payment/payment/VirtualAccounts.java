package dev.wonflow.payment.payment;

import dev.wonflow.payment.PaymentId;
import java.util.Optional;

/** Where buyers are to pay, or have paid: the last account of each payment. */
public interface VirtualAccounts {

    /** Keeps what Toss says of it, in the caller's transaction. */
    void keep(PaymentId id, KeptAccount account);

    Optional<KeptAccount> find(PaymentId id);

    /** Of the attempt that counts; into one that ran out or was closed nobody pays any more. */
    default Optional<KeptAccount> find(Payment payment) {
        return payment.isDeposit() ? find(payment.id()) : Optional.empty();
    }
}
