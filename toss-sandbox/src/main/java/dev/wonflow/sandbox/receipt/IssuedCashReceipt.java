package dev.wonflow.sandbox.receipt;

import dev.wonflow.sandbox.mint.Mint;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A cash receipt issued together with a payment.
 *
 * @param issueNumber nine digits
 * @param customerIdentityNumber whom it was issued to; null if the buyer did not say
 */
public record IssuedCashReceipt(
        CashReceiptType type,
        String receiptKey,
        String issueNumber,
        @Nullable String customerIdentityNumber,
        Instant requestedAt) {

    /** Issues one, with a key and a number of its own. */
    public static IssuedCashReceipt issue(CashReceiptRequest request, Mint mint, Instant now) {
        return new IssuedCashReceipt(
                request.type(), mint.receiptKey(), mint.issueNumber(), request.registrationNumber(), now);
    }
}
