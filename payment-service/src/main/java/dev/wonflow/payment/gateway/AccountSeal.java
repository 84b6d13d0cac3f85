package dev.wonflow.payment.gateway;

import java.util.Optional;

/** Keeps a buyer's account from readers of the database. */
public interface AccountSeal {

    /**
     * Seals an account.
     *
     * @param of what it belongs to; it can be opened for that only
     */
    byte[] seal(RefundAccount account, String of);

    /** Empty if it was sealed with another key, for something else, or changed since. */
    Optional<RefundAccount> open(byte[] sealed, String of);
}
