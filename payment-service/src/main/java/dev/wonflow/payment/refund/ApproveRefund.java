package dev.wonflow.payment.refund;

import dev.wonflow.access.Caller;
import dev.wonflow.audit.AuditEntry;
import dev.wonflow.audit.AuditTrail;
import dev.wonflow.payment.incident.Incident;
import dev.wonflow.payment.incident.Incidents;
import dev.wonflow.payment.payment.GiveBack;
import dev.wonflow.payment.payment.Payment;
import dev.wonflow.payment.payment.Payments;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/** A second person's word on a refund. Who asked for it may withdraw it and never agree to it. */
@Service
public class ApproveRefund {

    private static final int MAX_LISTED = 200;

    private final Payments payments;
    private final Refunds refunds;
    private final Approvals approvals;
    private final RequestRefund requestRefund;
    private final GiveBack giveBack;
    private final Incidents incidents;
    private final AuditTrail audit;
    private final Clock clock;
    private final TransactionOperations transaction;

    ApproveRefund(
            Payments payments,
            Refunds refunds,
            Approvals approvals,
            RequestRefund requestRefund,
            GiveBack giveBack,
            Incidents incidents,
            AuditTrail audit,
            Clock clock,
            TransactionOperations transaction) {
        this.payments = payments;
        this.refunds = refunds;
        this.approvals = approvals;
        this.requestRefund = requestRefund;
        this.giveBack = giveBack;
        this.incidents = incidents;
        this.audit = audit;
        this.clock = clock;
        this.transaction = transaction;
    }

    /** Those of the tenant that wait, oldest first; 200 at most. */
    public List<RequestRefund.Standing> awaiting(Caller caller) {
        return refunds.awaitingApproval(caller.tenant(), MAX_LISTED).stream()
                .map(requestRefund::standing)
                .toList();
    }

    /**
     * Has the money go back. A repeat answers how that stands.
     *
     * @throws RefundNotFound if the tenant has no such refund
     * @throws ApprovalRefused if it needs no approval, is decided otherwise, or the caller asked for it
     */
    public RequestRefund.Standing approve(Caller caller, RefundId id) throws InterruptedException {
        return requestRefund.awaitEnd(transaction.execute(_ -> decide(caller, id, true, "approved")));
    }

    /**
     * Ends the refund without any money going back for it; what is left for an order that was called off goes back by
     * itself. A repeat answers the same.
     *
     * @param why 1 to 200 characters
     * @throws RefundNotFound if the tenant has no such refund
     * @throws ApprovalRefused if it needs no approval, or is decided otherwise
     */
    public RequestRefund.Standing reject(Caller caller, RefundId id, String why) throws InterruptedException {
        return requestRefund.awaitEnd(transaction.execute(_ -> decide(caller, id, false, why)));
    }

    private Refund decide(Caller caller, RefundId id, boolean approved, String why) {
        Payment payment = refunds.find(id)
                .flatMap(found -> payments.findAndHoldById(found.paymentId()))
                .filter(found -> found.purchase().tenantId().equals(caller.tenant()))
                .orElseThrow(() -> new RefundNotFound(id));
        // As it is now that its payment is held.
        Refund refund = refunds.find(id).orElseThrow(() -> new RefundNotFound(id));
        String requestedBy = approvals
                .requestedBy(id)
                .orElseThrow(() -> new ApprovalRefused(ApprovalRefused.Reason.NOT_NEEDED, refund));
        if (refund.status() != RefundStatus.AWAITING_APPROVAL) {
            if (refund.isRejected() == approved) {
                throw new ApprovalRefused(ApprovalRefused.Reason.DECIDED, refund);
            }
            return refund;
        }
        if (approved && requestedBy.equals(caller.subject())) {
            throw new ApprovalRefused(ApprovalRefused.Reason.SAME_PERSON, refund);
        }
        Instant now = clock.instant();
        Refund decided = approved ? refund.approved(now) : refund.rejected(why, now);
        refunds.save(decided);
        approvals.decide(id, approved, caller.subject(), now);
        if (approved) {
            refunds.plan(id, payment.id(), now);
        } else if (payment.isOrderClosed() && !payment.balance().isZero() && !giveBack.all(payment, now)) {
            // What was set aside is left now, the order is gone, and it does not go back by itself.
            incidents.report(Incident.paidForClosedOrder(payment.id(), now));
        }
        writeDown(caller, payment, refund, decided, why);
        return decided;
    }

    private void writeDown(Caller caller, Payment payment, Refund before, Refund after, String why) {
        audit.record(new AuditEntry(
                caller,
                after.status() == RefundStatus.FAILED ? "payment.refund-reject" : "payment.refund-approve",
                payment.id().toString(),
                facts(before),
                facts(after),
                why));
    }

    private static Map<String, Object> facts(Refund refund) {
        return Map.of(
                "refund",
                refund.id().toString(),
                "status",
                refund.status().name(),
                "amount",
                refund.amount().won());
    }
}
