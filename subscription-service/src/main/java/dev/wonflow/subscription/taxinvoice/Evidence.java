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
     * @param byBillingMethod whether a registered card or account was charged
     * @param method as Toss names it; null: not known, or, by a billing method, no transfer
     */
    public static Evidence of(boolean byBillingMethod, @Nullable String method, boolean cashReceipt) {
        if (method == null) {
            return byBillingMethod ? CARD_SLIP : UNKNOWN;
        }
        if (!isTransfer(method)) {
            return CARD_SLIP;
        }
        return cashReceipt ? CASH_RECEIPT : TAX_INVOICE;
    }

    /**
     * Whether nobody issues a slip for it.
     *
     * @param method as Toss names it
     */
    public static boolean isTransfer(String method) {
        return TRANSFERS.contains(method);
    }
}
