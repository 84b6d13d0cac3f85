package dev.wonflow.payment.refund;

import dev.wonflow.money.Money;
import dev.wonflow.payment.PaymentKey;
import dev.wonflow.payment.payment.GiveBack;
import dev.wonflow.payment.payment.Payment;
import dev.wonflow.payment.payment.RefundOrigin;
import dev.wonflow.runtime.IdSource;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Service;

/** Has the money of an order that was called off go back by itself. */
@Service
public class RefundClosedOrder implements GiveBack {

    /** Shown to the buyer by Toss. */
    private static final String REASON = "주문 취소";

    private final Refunds refunds;
    private final IdSource ids;

    RefundClosedOrder(Refunds refunds, IdSource ids) {
        this.refunds = refunds;
        this.ids = ids;
    }

    @Override
    public boolean all(Payment payment, Instant now) {
        PaymentKey key = payment.paymentKey();
        if (key == null || payment.balance().isZero()) {
            return false;
        }
        List<Refund> open = refunds.open(payment.id());
        // A person may take any time over it, and say no.
        boolean waitsForPerson = open.stream().anyMatch(refund -> refund.status() == RefundStatus.AWAITING_APPROVAL);
        Money left = SetAside.left(payment, open);
        if (left.isZero()) {
            return !waitsForPerson;
        }
        if (SetAside.needsAccount(payment)) {
            return false;
        }
        Refund refund = Refund.requested(
                new RefundId(ids.next()),
                payment.id(),
                key,
                RefundOrigin.AUTOMATIC,
                left,
                Money.ZERO,
                REASON,
                null,
                now);
        refunds.add(refund, null);
        refunds.plan(refund.id(), payment.id(), now);
        return !waitsForPerson;
    }
}
