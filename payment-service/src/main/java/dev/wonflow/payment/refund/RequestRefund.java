package dev.wonflow.payment.refund;

import dev.wonflow.access.Caller;
import dev.wonflow.audit.AuditEntry;
import dev.wonflow.audit.AuditTrail;
import dev.wonflow.money.Money;
import dev.wonflow.payment.Pause;
import dev.wonflow.payment.PaymentId;
import dev.wonflow.payment.PaymentKey;
import dev.wonflow.payment.gateway.RefundAccount;
import dev.wonflow.payment.payment.FindPayment;
import dev.wonflow.payment.payment.Payment;
import dev.wonflow.payment.payment.PaymentNotFound;
import dev.wonflow.payment.payment.Payments;
import dev.wonflow.payment.payment.RefundOrigin;
import dev.wonflow.runtime.IdSource;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Takes in that money is to go back: its amount is set aside while the payment is held, so that all refunds together
 * never ask for more than there is. Giving it back is work; the caller waits for it for a while.
 */
@Service
public class RequestRefund {

    private final FindPayment findPayment;
    private final Payments payments;
    private final Refunds refunds;
    private final Approvals approvals;
    private final AuditTrail audit;
    private final RefundProperties properties;
    private final IdSource ids;
    private final Clock clock;
    private final Pause pause;
    private final TransactionOperations transaction;

    RequestRefund(
            FindPayment findPayment,
            Payments payments,
            Refunds refunds,
            Approvals approvals,
            AuditTrail audit,
            RefundProperties properties,
            IdSource ids,
            Clock clock,
            Pause pause,
            TransactionOperations transaction) {
        this.findPayment = findPayment;
        this.payments = payments;
        this.refunds = refunds;
        this.approvals = approvals;
        this.audit = audit;
        this.properties = properties;
        this.ids = ids;
        this.clock = clock;
        this.pause = pause;
        this.transaction = transaction;
    }

    /**
     * What a caller asks for.
     *
     * @param id any id of the payment
     * @param amount {@code null} for all that is left
     * @param refundable what the caller believes is left; {@code null} if it does not say
     * @param taxFree part of the amount that carried no VAT
     * @param account where a deposit goes back to
     * @param key tells a repeat of the request from another one
     */
    public record Request(
            Caller caller,
            String id,
            @Nullable Money amount,
            @Nullable Money refundable,
            Money taxFree,
            String reason,
            @Nullable RefundAccount account,
            @Nullable String key) {}

    /**
     * A refund and its payment, as they are now.
     *
     * @param requestedBy who asked for it; {@code null} unless a second person has, or had, to agree
     * @param account where a deposit goes back to; {@code null} for other money, and once the refund has ended
     */
    public record Standing(
            Refund refund,
            Payment payment,
            @Nullable String requestedBy,
            @Nullable RefundAccount account) {}

    /**
     * Has money go back, or answers how the same request ended or stands.
     *
     * @return {@code AWAITING_APPROVAL} if a second person has to agree first; {@code REQUESTED} or {@code UNKNOWN} if
     *     it is not known yet whether the money went back
     * @throws PaymentNotFound if the tenant has no such payment
     * @throws RefundRefused if the payment does not allow it
     */
    public Standing request(Request request) throws InterruptedException {
        PaymentId paymentId =
                findPayment.find(request.caller().tenant(), request.id()).id();
        return awaitEnd(transaction.execute(_ -> reserve(request, paymentId)));
    }

    private Refund reserve(Request request, PaymentId paymentId) {
        Payment payment = require(payments.findAndHoldById(paymentId), paymentId);
        Money refundable = SetAside.left(payment, refunds.open(paymentId));
        Optional<Refund> earlier = request.key() == null ? Optional.empty() : refunds.find(paymentId, request.key());
        if (earlier.isPresent()) {
            if (!isTheSame(request, earlier.get())) {
                throw new RefundRefused(RefundRefused.Reason.KEY_REUSED, payment, refundable);
            }
            return earlier.get();
        }
        PaymentKey key = payment.paymentKey();
        if (key == null || !SetAside.hasHeldMoney(payment)) {
            throw new RefundRefused(RefundRefused.Reason.NOT_POSSIBLE, payment, refundable);
        }
        if (request.refundable() != null && !request.refundable().equals(refundable)) {
            throw new RefundRefused(RefundRefused.Reason.BALANCE_DIFFERS, payment, refundable);
        }
        Money amount = request.amount() == null ? refundable : request.amount();
        if (amount.isZero() || refundable.isLessThan(amount)) {
            throw new RefundRefused(RefundRefused.Reason.EXCEEDS_BALANCE, payment, refundable);
        }
        if (amount.isLessThan(request.taxFree())) {
            throw new RefundRefused(RefundRefused.Reason.TAX_FREE_EXCEEDS, payment, refundable);
        }
        if (SetAside.needsAccount(payment) && request.account() == null) {
            throw new RefundRefused(RefundRefused.Reason.ACCOUNT_MISSING, payment, refundable);
        }
        Instant now = clock.instant();
        Refund refund = Refund.requested(
                new RefundId(ids.next()),
                paymentId,
                key,
                RefundOrigin.REQUESTED,
                amount,
                request.taxFree(),
                request.reason(),
                request.key(),
                now);
        boolean needsApproval =
                properties.needsApproval(refunds.askedFor(paymentId).plus(amount));
        Refund stored = needsApproval ? refund.toBeApproved() : refund;
        refunds.add(stored, SetAside.needsAccount(payment) ? request.account() : null);
        if (needsApproval) {
            approvals.ask(refund.id(), request.caller().subject());
        } else {
            refunds.plan(refund.id(), paymentId, now);
        }
        writeDown(request, payment, stored, refundable);
        return stored;
    }

    private static boolean isTheSame(Request request, Refund earlier) {
        return request.reason().equals(earlier.reason())
                && (request.amount() == null || request.amount().equals(earlier.amount()));
    }

    private void writeDown(Request request, Payment payment, Refund refund, Money refundable) {
        audit.record(new AuditEntry(
                request.caller(),
                "payment.refund",
                payment.id().toString(),
                Map.of("status", payment.status().name(), "refundable", refundable.won()),
                Map.of(
                        "orderId",
                        payment.orderId().value(),
                        "refund",
                        refund.id().toString(),
                        "amount",
                        refund.amount().won(),
                        "refundable",
                        refundable.minus(refund.amount()).won()),
                request.reason()));
    }

    /** The refund once it has ended, or as it is when patience does. One that waits for a person is not waited for. */
    Standing awaitEnd(Refund refund) throws InterruptedException {
        Refund latest = pause.until(
                clock,
                properties.patience(),
                refund,
                known -> known.status() == RefundStatus.AWAITING_APPROVAL
                        || known.status().isEnded(),
                known -> refunds.find(known.id()).orElse(known));
        return standing(latest);
    }

    /** How it is shown. */
    Standing standing(Refund refund) {
        PaymentId paymentId = refund.paymentId();
        return new Standing(
                refund,
                require(payments.findById(paymentId), paymentId),
                approvals.requestedBy(refund.id()).orElse(null),
                refund.status().isEnded() ? null : refunds.account(refund.id()).orElse(null));
    }

    private static Payment require(Optional<Payment> payment, PaymentId id) {
        return payment.orElseThrow(() -> new PaymentNotFound(id));
    }
}
