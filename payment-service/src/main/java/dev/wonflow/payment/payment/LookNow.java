package dev.wonflow.payment.payment;

import dev.wonflow.payment.PaymentKey;
import dev.wonflow.payment.gateway.CallRoom;
import dev.wonflow.payment.gateway.GatewayFinding;
import dev.wonflow.payment.gateway.Operation;
import dev.wonflow.payment.gateway.PaymentGateway;
import dev.wonflow.payment.gateway.TossBusy;
import dev.wonflow.payment.gateway.quota.TossQuota;
import dev.wonflow.payment.gateway.quota.Use;
import dev.wonflow.runtime.TenantId;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Asks Toss about one payment because somebody wants to know now. The answer is taken in like that of any status check,
 * and so takes no state back; the question is paid for from the share of those that nobody has to ask.
 */
@Service
public class LookNow {

    private final FindPayment findPayment;
    private final StatusChecks statusChecks;
    private final PaymentGateway gateway;
    private final CallRoom callRoom;
    private final TossQuota quota;
    private final SettlePayment settlePayment;
    private final CloseAccount closeAccount;
    private final Clock clock;
    private final TransactionOperations transaction;

    LookNow(
            FindPayment findPayment,
            StatusChecks statusChecks,
            PaymentGateway gateway,
            CallRoom callRoom,
            TossQuota quota,
            SettlePayment settlePayment,
            CloseAccount closeAccount,
            Clock clock,
            TransactionOperations transaction) {
        this.findPayment = findPayment;
        this.statusChecks = statusChecks;
        this.gateway = gateway;
        this.callRoom = callRoom;
        this.quota = quota;
        this.settlePayment = settlePayment;
        this.closeAccount = closeAccount;
        this.clock = clock;
        this.transaction = transaction;
    }

    /**
     * The payment after the look.
     *
     * @param known whether Toss has said how it stands; else a status check is on its way
     */
    public record Looked(Payment payment, boolean known) {}

    /**
     * Looks at a payment of the tenant; no transaction is open.
     *
     * @param id payment id, orderId, or the paymentKey of any attempt
     * @throws PaymentNotFound if the tenant has none
     * @throws TossBusy if the share of such questions is used up for now, or too many are being asked
     */
    public Looked look(TenantId tenant, String id) {
        return look(findPayment.find(tenant, id));
    }

    /** The same for who may look at everybody's; empty if there is no such payment. */
    public Optional<Looked> look(String id) {
        return findPayment.find(id).map(this::look);
    }

    private Looked look(Payment payment) {
        GatewayFinding finding;
        PaymentKey key = payment.keyToAskFor();
        try (CallRoom.Place place = callRoom.place(Operation.LOOKUP)) {
            place.require();
            if (quota.take(Set.of(Use.HINTED)).isEmpty()) {
                throw new TossBusy(Operation.LOOKUP);
            }
            finding = key == null ? gateway.find(payment.orderId()) : gateway.find(key);
        }
        Payment settled = settlePayment
                .finding(payment.id(), key, payment.version(), finding)
                .payment();
        boolean answered = finding instanceof GatewayFinding.Seen || finding instanceof GatewayFinding.Absent;
        boolean known = answered && !settled.status().isUndecided() && !settled.isAccountAsked();
        // Of a deposit that still waits the closing is planned already, with pauses that grow.
        boolean toBeClosed = settled.status() == PaymentStatus.CANCELED && closeAccount.isDue(settled, finding);
        if (!known || toBeClosed) {
            // A confirm or an opening may have to be repeated, or an account be closed, and whoever does that holds
            // the payment's turn.
            transaction.executeWithoutResult(_ -> statusChecks.require(settled.id(), clock.instant()));
        }
        return new Looked(settled, known);
    }
}
