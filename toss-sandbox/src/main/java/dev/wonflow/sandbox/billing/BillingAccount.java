package dev.wonflow.sandbox.billing;

/**
 * A bank account a billing key charges.
 *
 * @param bankCode two digits
 * @param bankName Korean, as Toss shows it
 * @param accountNumber masked
 */
public record BillingAccount(String bankCode, String bankName, String accountNumber) {

    /** The account a buyer has in the window. */
    static BillingAccount ofTheBuyer() {
        return new BillingAccount("88", "신한", "110*****6789");
    }
}
