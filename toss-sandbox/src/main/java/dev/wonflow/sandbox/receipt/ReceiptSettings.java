package dev.wonflow.sandbox.receipt;

import java.time.Duration;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of cash receipts.
 *
 * @param decidedAfter how long the tax office takes; documented as one to two days
 * @param businessNumber who issues, unless the request says: ten digits, or nobody, as was seen with a test key
 * @param capacity number of receipts kept, cancels among them; beyond it the oldest is forgotten
 */
@ConfigurationProperties("wonflow.sandbox.receipt")
record ReceiptSettings(
        @DefaultValue("1d") Duration decidedAfter,
        @DefaultValue("") String businessNumber,
        @DefaultValue("10000") int capacity) {

    /** Ten digits, as every business in Korea has. */
    static final Pattern BUSINESS_NUMBER = Pattern.compile("[0-9]{10}");

    ReceiptSettings {
        if (decidedAfter.isNegative() || capacity < 1) {
            throw new IllegalArgumentException("wonflow.sandbox.receipt.decided-after: " + decidedAfter + ", capacity: "
                    + capacity + " (expected: >= 0, >= 1)");
        }
        if (!businessNumber.isEmpty()
                && !BUSINESS_NUMBER.matcher(businessNumber).matches()) {
            throw new IllegalArgumentException(
                    "wonflow.sandbox.receipt.business-number: " + businessNumber + " (expected: 10 digits, or none)");
        }
    }
}
