package dev.wonflow.sandbox.payment;

import dev.wonflow.sandbox.error.Refused;
import dev.wonflow.sandbox.error.TossError;
import dev.wonflow.sandbox.institution.Bank;
import dev.wonflow.sandbox.institution.CardCompany;
import dev.wonflow.sandbox.institution.EasyPayProvider;
import org.jspecify.annotations.Nullable;

/**
 * What a buyer picked in the payment window.
 *
 * @param easyPay provider, for easy pay only
 * @param cardCompany whose card; for easy pay, null means money or an account instead of a card
 * @param installmentMonths 0 for one payment, otherwise 2 to 12
 * @param discountWon what somebody else pays: an instant discount, or with easy pay the points of the buyer
 * @param bank bank of a virtual account or a transfer; null for a usual one
 * @param refundAccount where the buyer wants a refund of a virtual account to go, as the widget asks
 */
public record Choice(
        PaymentMethod method,
        @Nullable EasyPayProvider easyPay,
        @Nullable CardCompany cardCompany,
        int installmentMonths,
        long discountWon,
        @Nullable Bank bank,
        @Nullable RefundAccount refundAccount) {

    /** The method with nothing else said: Toss Pay from the buyer's account, if it is easy pay. */
    public static Choice of(PaymentMethod method) {
        return new Choice(
                method, method == PaymentMethod.EASY_PAY ? EasyPayProvider.TOSSPAY : null, null, 0, 0, null, null);
    }

    /**
     * Refuses what no window would let a buyer pick.
     *
     * @throws Refused if the amount cannot be paid like this
     */
    void check(long amountWon) {
        if ((easyPay != null) != (method == PaymentMethod.EASY_PAY)) {
            throw new Refused(TossError.INVALID_EASY_PAY);
        }
        if (discountWon < 0 || discountWon > amountWon || (discountWon == amountWon && easyPay == null)) {
            throw new Refused(TossError.INVALID_REQUEST);
        }
        if (bank != null && method == PaymentMethod.VIRTUAL_ACCOUNT && !bank.issuesVirtualAccounts()) {
            throw new Refused(TossError.INVALID_BANK);
        }
        Installments.check(amountWon, installmentMonths);
        if (installmentMonths > 0 && method != PaymentMethod.CARD && cardCompany == null) {
            throw new Refused(TossError.INVALID_CARD_INSTALLMENT_PLAN);
        }
    }
}
