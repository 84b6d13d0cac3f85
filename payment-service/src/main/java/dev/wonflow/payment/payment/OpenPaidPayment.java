package dev.wonflow.payment.payment;

import dev.wonflow.payment.PaymentId;
import dev.wonflow.payment.gateway.GatewayFinding;
import dev.wonflow.payment.gateway.Merchant;
import dev.wonflow.runtime.IdSource;
import java.time.Instant;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Makes a payment of money that was taken without a window, once it has been. Nobody can try to pay it before. */
@Service
public class OpenPaidPayment {

    private final Changes changes;
    private final SettlePayment settlePayment;
    private final WebhookSecrets secrets;
    private final Merchant merchant;
    private final IdSource ids;

    OpenPaidPayment(
            Changes changes, SettlePayment settlePayment, WebhookSecrets secrets, Merchant merchant, IdSource ids) {
        this.changes = changes;
        this.settlePayment = settlePayment;
        this.secrets = secrets;
        this.merchant = merchant;
        this.ids = ids;
    }

    /**
     * Opens the payment as paid; what has gone back since is taken over too.
     *
     * @param seen what Toss says of it: approved once, and of that order and sum
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public PaymentId open(Purchase purchase, GatewayFinding.Seen seen, Instant now) {
        Payment requested = Payment.requested(new PaymentId(ids.next()), purchase, merchant.livemode(), now)
                .payment();
        Payment paid = changes.save(requested.paid(seen.gatewayPayment(), now));
        secrets.keepShown(paid, seen.gatewayPayment());
        if (!seen.gatewayPayment().cancels().isEmpty()) {
            settlePayment.finding(paid.id(), seen.gatewayPayment().paymentKey(), paid.version(), seen);
        }
        return paid.id();
    }
}
