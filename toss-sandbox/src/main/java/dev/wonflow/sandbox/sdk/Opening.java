package dev.wonflow.sandbox.sdk;

import dev.wonflow.sandbox.institution.CardCompany;
import dev.wonflow.sandbox.institution.EasyPayProvider;
import dev.wonflow.sandbox.instrument.RefundAccount;
import org.jspecify.annotations.Nullable;

/**
 * How a script opened a window. The payment behind it does not depend on any of it.
 *
 * @param window key of the payment or id of the billing authorisation
 * @param shopOrigin origin of the page the script ran on; null if the browser did not say
 * @param frame where the window is shown
 * @param promise whether the shop gave no addresses and waits for a promise instead
 * @param card what the shop settled about the card
 * @param refundAccount where the buyer of a virtual account wants a refund to go, as the widget asked; null if it did
 *     not
 */
public record Opening(
        String window,
        @Nullable String shopOrigin,
        Frame frame,
        boolean promise,
        CardTerms card,
        @Nullable RefundAccount refundAccount) {

    /** Where a window is shown. */
    public enum Frame {
        /** In place of the shop's page. */
        SELF,
        /** In a frame over the shop's page. */
        IFRAME
    }

    /**
     * What the shop leaves to the buyer of a card payment.
     *
     * @param company the only card company on offer; null for all
     * @param easyPay the only easy-pay provider on offer; null for all
     * @param months the instalment plan, 0 for none; null if the buyer chooses
     * @param longestMonths the longest plan the buyer can choose; null for 12
     * @param discountMinor what the company takes off at once
     * @param only the only cards on offer, and no easy pay; null for all
     */
    public record CardTerms(
            @Nullable CardCompany company,
            @Nullable EasyPayProvider easyPay,
            @Nullable Integer months,
            @Nullable Integer longestMonths,
            long discountMinor,
            Offers.@Nullable Only only) {

        /** Everything is the buyer's choice. */
        public static final CardTerms OPEN = new CardTerms(null, null, null, null, 0, null);
    }

    /** A window that was not opened through the script. */
    public static Opening withoutScript(String window) {
        return withoutScript(window, CardTerms.OPEN);
    }

    /** The same, with less left to the buyer. */
    public static Opening withoutScript(String window, CardTerms card) {
        return new Opening(window, null, Frame.SELF, false, card, null);
    }
}
