package dev.wonflow.sandbox.session;

import dev.wonflow.sandbox.card.Installments;
import dev.wonflow.sandbox.error.Refused;
import dev.wonflow.sandbox.error.TossError;
import dev.wonflow.sandbox.institution.Bank;
import dev.wonflow.sandbox.institution.CardCompany;
import dev.wonflow.sandbox.institution.EasyPayProvider;
import dev.wonflow.sandbox.instrument.PaymentMethod;
import dev.wonflow.sandbox.instrument.RefundAccount;
import org.jspecify.annotations.Nullable;

/**
 * What a buyer picked in the payment window.
 *
 * @param easyPay provider, for easy pay only
 * @param cardCompany whose card; for easy pay, null means money or an account instead of a card
 * @param installmentMonths 0 for one payment, otherwise 2 to 12
 * @param discountMinor part that is paid otherwise: an instant discount, or with easy pay the points of the buyer
 * @param bank bank of a virtual account or a transfer; null for a usual one
 * @param refundAccount where the buyer wants a refund of a virtual account to go, as the widget asks
 */
public record Choice(
        PaymentMethod method,
        @Nullable EasyPayProvider easyPay,
        @Nullable CardCompany cardCompany,
        int installmentMonths,
        long discountMinor,
        @Nullable Bank bank,
        @Nullable RefundAccount refundAccount) {

    /** What a buyer picks who does not care: overseas, the first provider on offer. */
    public static Choice of(Session session) {
        Overseas overseas = session.overseas();
        return overseas == null
                ? of(session.method())
                : new Choice(session.method(), overseas.providers().getFirst(), null, 0, 0, null, null);
    }

    /** The method with nothing else said: Toss Pay from the buyer's account, if it is easy pay. */
    public static Choice of(PaymentMethod method) {
        return new Choice(
                method, method == PaymentMethod.EASY_PAY ? EasyPayProvider.TOSSPAY : null, null, 0, 0, null, null);
    }

    /**
     * Refuses what no window would let a buyer pick.
     *
     * @throws Refused if the payment cannot be paid like this
     */
    public void check(Session session) {
        if (session.overseas() != null) {
            checkOverseas(session.overseas());
            return;
        }
        long amountMinor = session.amountMinor();
        if (method == PaymentMethod.FOREIGN_EASY_PAY) {
            throw new Refused(TossError.NOT_SUPPORTED_METHOD);
        }
        if ((easyPay != null) != (method == PaymentMethod.EASY_PAY) || (easyPay != null && easyPay.isOverseas())) {
            throw new Refused(TossError.INVALID_EASY_PAY);
        }
        if (discountMinor < 0 || discountMinor > amountMinor || (discountMinor == amountMinor && easyPay == null)) {
            throw new Refused(TossError.INVALID_REQUEST);
        }
        if (bank != null && method == PaymentMethod.VIRTUAL_ACCOUNT && !bank.issuesVirtualAccounts()) {
            throw new Refused(TossError.INVALID_BANK);
        }
        Installments.check(amountMinor, installmentMonths);
        if (installmentMonths > 0 && method != PaymentMethod.CARD && cardCompany == null) {
            throw new Refused(TossError.INVALID_CARD_INSTALLMENT_PLAN);
        }
    }

    /** Overseas there is a provider and nothing besides. */
    private void checkOverseas(Overseas overseas) {
        if (method != PaymentMethod.FOREIGN_EASY_PAY) {
            throw new Refused(TossError.NOT_SUPPORTED_METHOD);
        }
        if (easyPay == null || !overseas.providers().contains(easyPay)) {
            throw new Refused(TossError.INVALID_EASY_PAY);
        }
        if (cardCompany != null || installmentMonths != 0 || discountMinor != 0) {
            throw new Refused(TossError.INVALID_REQUEST);
        }
    }
}
