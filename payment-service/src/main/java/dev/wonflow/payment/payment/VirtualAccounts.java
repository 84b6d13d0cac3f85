package dev.wonflow.payment.payment;

import dev.wonflow.payment.PaymentId;
import java.util.Optional;

/** Where buyers are to pay, or have paid: the account of the attempt that counts. */
public interface VirtualAccounts {

    /** Keeps what Toss says of it, in the caller's transaction. */
    void keep(PaymentId id, KeptAccount account);

    Optional<KeptAccount> find(PaymentId id);
}
