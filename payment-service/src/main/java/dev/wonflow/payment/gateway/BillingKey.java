package dev.wonflow.payment.gateway;

import dev.wonflow.payment.Print;
import dev.wonflow.payment.Text;

/**
 * What a buyer's card can be charged with, together with the buyer's customerKey. Cannot be printed.
 *
 * @param value 1 to 200 characters
 */
public record BillingKey(String value) {

    private static final String PURPOSE = "wonflow billing key 1:";
    private static final int MAX = 200;

    public BillingKey {
        Text.require("billingKey", value, MAX);
    }

    /** A name for the key that leads nobody back to it, by which it is recognised when Toss names it. */
    public String print() {
        return Print.of(PURPOSE, value);
    }

    @Override
    public String toString() {
        return "***";
    }
}
