package dev.wonflow.sandbox.billing;

import dev.wonflow.sandbox.error.Refused;
import dev.wonflow.sandbox.error.TossError;

/** What Toss accepts as a customer key. */
final class CustomerKeys {

    private static final int SHORTEST = 2;
    private static final int LONGEST = 300;

    /** What the SDK sends for guests. */
    private static final String ANONYMOUS = "@@ANONYMOUS";

    private CustomerKeys() {}

    /**
     * Checks a key that came to the server. Characters are not looked at, whatever the documentation says of them, and
     * one that is too long only fails in the database; both were seen.
     */
    static void check(String customerKey) {
        if (customerKey.length() > LONGEST) {
            throw new Refused(TossError.FAILED_DB_PROCESSING);
        }
        if (customerKey.length() < SHORTEST) {
            throw new Refused(TossError.INVALID_CUSTOMER_KEY);
        }
    }

    /** Checks a key that came from a browser; a guest cannot be charged again. */
    static void checkInWindow(String customerKey) {
        if (customerKey.length() > LONGEST || customerKey.equals(ANONYMOUS)) {
            throw new Refused(TossError.INVALID_CUSTOMER_KEY);
        }
        check(customerKey);
    }
}
