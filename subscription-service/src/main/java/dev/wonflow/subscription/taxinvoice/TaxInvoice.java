package dev.wonflow.subscription.taxinvoice;

import dev.wonflow.runtime.TenantId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a tax invoice for an invoice says, or an amended one for money of it that went back.
 *
 * @param id of the invoice, or of the credit note
 * @param amended whether it takes away from an earlier one
 * @param writtenOn 작성일자: the day in Seoul on which the money came or went back
 * @param amounts of an amended one what it takes away
 * @param item what was sold
 * @param number of the receipt, or of the credit note
 * @param paymentId null: nothing was charged
 */
public record TaxInvoice(
        UUID id,
        UUID invoiceId,
        TenantId tenant,
        boolean amended,
        LocalDate writtenOn,
        SupplyAndTax amounts,
        String item,
        String number,
        boolean byBillingMethod,
        @Nullable String paymentId,
        boolean livemode,
        Instant createdAt) {

    private static final int LAST_DAY = 10;

    /** The last day on which it is issued in time: the 10th of the month after (VAT Act, article 34 (3)). */
    public LocalDate issueBy() {
        return writtenOn.plusMonths(1).withDayOfMonth(LAST_DAY);
    }
}
