package dev.wonflow.payment.billing;

import dev.wonflow.payment.gateway.BillingKey;
import dev.wonflow.runtime.TenantId;

/** Keeps billing keys from readers of the database. */
public interface KeySeal {

    /**
     * Seals a key for one method of one tenant; for no other can it be opened.
     *
     * @throws BillingNotSetUp if there is nothing to seal with
     */
    byte[] seal(BillingKey key, TenantId tenant, BillingMethodId method);

    /**
     * Opens one.
     *
     * @throws KeyUnreadable if it was sealed under a key that is not there any more, for something else, or changed
     * @throws BillingNotSetUp if there is nothing to open with
     */
    BillingKey open(byte[] sealed, TenantId tenant, BillingMethodId method);

    /**
     * Number of the key that seals now.
     *
     * @throws BillingNotSetUp if there is none
     */
    int sealsUnder();

    /** Whether there is something to seal with. */
    boolean isSetUp();
}
