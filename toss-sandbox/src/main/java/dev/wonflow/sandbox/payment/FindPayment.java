package dev.wonflow.sandbox.payment;

import dev.wonflow.sandbox.assumption.Assumptions;
import dev.wonflow.sandbox.currency.Currency;
import dev.wonflow.sandbox.error.Refused;
import dev.wonflow.sandbox.error.TossError;
import dev.wonflow.sandbox.merchant.Merchant;
import java.util.List;
import org.springframework.stereotype.Component;

/** Finds payments of one merchant, in whatever state they are. */
@Component
public class FindPayment {

    private final Payments payments;
    private final ExpirePayments expirePayments;
    private final Assumptions assumptions;

    FindPayment(Payments payments, ExpirePayments expirePayments, Assumptions assumptions) {
        this.payments = payments;
        this.expirePayments = expirePayments;
        this.assumptions = assumptions;
    }

    /**
     * Finds a payment by its key.
     *
     * @throws Refused if the merchant has none under it; another merchant's is as good as none
     */
    public Payment byKey(Merchant merchant, String paymentKey) {
        return expirePayments
                .ifDue(paymentKey)
                .filter(payment -> payment.session().openedWith().merchant().equals(merchant))
                .orElseThrow(() -> new Refused(TossError.NOT_FOUND_PAYMENT));
    }

    /** What amounts of the payment are counted in; won if there is none under the key. */
    public Currency currencyOf(String paymentKey) {
        return payments.find(paymentKey)
                .map(payment -> payment.session().currency())
                .orElse(Currency.KRW);
    }

    /**
     * Finds the payment of an order: the latest that is DONE, otherwise the newest, or the newest in any case if the
     * assumption says so. What Toss answers after several attempts is not documented.
     *
     * @throws Refused if the merchant has none of this order
     */
    public Payment byOrder(Merchant merchant, String orderId) {
        List<Payment> newestFirst = payments.ofOrder(merchant.mId(), orderId).reversed();
        return newestFirst.stream()
                .filter(payment -> assumptions.doneFirstByOrder() && payment.status() == PaymentStatus.DONE)
                .findFirst()
                .or(() -> newestFirst.stream().findFirst())
                .flatMap(payment -> expirePayments.ifDue(payment.paymentKey()))
                .orElseThrow(() -> new Refused(TossError.NOT_FOUND_PAYMENT));
    }
}
