package dev.wonflow.payment.refund;

import dev.wonflow.money.Money;
import dev.wonflow.payment.payment.CapturedFunds;
import dev.wonflow.payment.payment.Payment;
import java.util.List;

/** What of a payment can still be given back. */
final class SetAside {

    private SetAside() {}

    /** What no open refund has set aside. */
    static Money left(Payment payment, List<Refund> open) {
        Money aside = open.stream().map(Refund::amount).reduce(Money.ZERO, Money::plus);
        // Less than that is there, while a cancel made elsewhere has taken what a refund of ours was to take.
        return payment.balance().isLessThan(aside)
                ? Money.ZERO
                : payment.balance().minus(aside);
    }

    static boolean hasHeldMoney(Payment payment) {
        return switch (payment.status()) {
            case PAID, PARTIALLY_REFUNDED, REFUNDED -> true;
            case REQUESTED, CONFIRMING, UNKNOWN, WAITING_FOR_DEPOSIT, FAILED, CANCELED -> false;
        };
    }

    /** Whether Toss has to be told where the money goes: a deposit came from an account it does not know. */
    static boolean needsAccount(Payment payment) {
        CapturedFunds funds = payment.funds();
        return funds != null && funds.dueAt() != null;
    }
}
