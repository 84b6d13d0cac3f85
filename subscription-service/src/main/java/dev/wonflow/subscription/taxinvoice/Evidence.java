package dev.wonflow.subscription.taxinvoice;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What proves a purchase to the tax office. There is one for each: who got a card slip or a cash receipt gets no tax
 * invoice (VAT Act, article 33 (2)).
 */
public enum Evidence {
    /** A tax invoice is to be issued. */
    TAX_INVOICE,
    /** The slip of the card, which the buyer deducts VAT by. */
    CARD_SLIP,
    CASH_RECEIPT,
    /** It is not known yet how it was paid. */
    UNKNOWN;

    /** What Toss calls transfers, for which nobody issues a slip. */
    private static final Set<String> TRANSFERS = Set.of("계좌이체", "가상계좌");

    /**
     * What proves a payment.
     *
     * @param byBillingMethod whether a registered card was charged
     * @param method as Toss names it; null: not known
     */
    public static Evidence of(boolean byBillingMethod, @Nullable String method, boolean cashReceipt) {
        if (byBillingMethod) {
            return CARD_SLIP;
        }
        if (method == null) {
            return UNKNOWN;
        }
        if (!TRANSFERS.contains(method)) {
            return CARD_SLIP;
        }
        return cashReceipt ? CASH_RECEIPT : TAX_INVOICE;
    }
}
