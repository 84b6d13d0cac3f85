package dev.wonflow.sandbox.billing;

import dev.wonflow.sandbox.institution.Bank;

/**
 * A bank account a billing key charges.
 *
 * @param accountNumber masked
 */
public record BillingAccount(Bank bank, String accountNumber) {

    /** The account a buyer has in the window. */
    static BillingAccount ofTheBuyer() {
        return new BillingAccount(Bank.named("신한").orElseThrow(), "110*****6789");
    }
}
