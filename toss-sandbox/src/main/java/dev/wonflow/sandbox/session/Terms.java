package dev.wonflow.sandbox.session;

import dev.wonflow.sandbox.card.FreeInstallments;
import dev.wonflow.sandbox.receipt.CashReceiptRequest;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a merchant may ask for beyond the amount.
 *
 * @param useEscrow whether the money is held until the buyer has the goods
 * @param cultureExpense whether it counts as spent on culture (문화비); never for cards
 * @param depositWithin how long a virtual account takes a deposit, from its issue; null where depositUntil says it, or
 *     for the usual seven days
 * @param depositUntil until when it does
 * @param cashReceipt cash receipt to be issued once the money is there; null for none
 * @param freeInstallments instalments whose interest the merchant pays
 */
public record Terms(
        boolean useEscrow,
        boolean cultureExpense,
        @Nullable Duration depositWithin,
        @Nullable Instant depositUntil,
        @Nullable CashReceiptRequest cashReceipt,
        FreeInstallments freeInstallments) {

    /** Nothing in particular. */
    public static final Terms USUAL = new Terms(false, false, null, null, null, FreeInstallments.NONE);

    private static final Duration DEPOSIT_WITHIN = Duration.ofDays(7);

    /** The same, with the interest of all instalments paid by the merchant. */
    public Terms withFreeInstallments() {
        return new Terms(useEscrow, cultureExpense, depositWithin, depositUntil, cashReceipt, FreeInstallments.ALL);
    }

    /** Until when a virtual account issued now takes a deposit. */
    public Instant depositUntil(Instant now) {
        if (depositUntil != null) {
            return depositUntil;
        }
        return now.plus(depositWithin == null ? DEPOSIT_WITHIN : depositWithin);
    }
}
