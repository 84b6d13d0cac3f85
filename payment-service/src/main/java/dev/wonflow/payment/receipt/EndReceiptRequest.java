package dev.wonflow.payment.receipt;

import dev.wonflow.access.Operator;
import dev.wonflow.audit.AuditEntry;
import dev.wonflow.audit.AuditTrail;
import dev.wonflow.payment.payment.Payment;
import dev.wonflow.payment.payment.PaymentNotFound;
import dev.wonflow.payment.payment.Payments;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Takes an operator's word, given after a look at Toss, that nothing comes of a request about a cash receipt any more.
 * Toss is not asked for it again, and whom it was for is forgotten. A part that was to be taken back counts as taken
 * back; what is to be done about it is done at Toss.
 */
@Service
public class EndReceiptRequest {

    private final Payments payments;
    private final ReceiptRequests requests;
    private final ReceiptProperties properties;
    private final AuditTrail audit;
    private final Clock clock;
    private final TransactionOperations transaction;

    EndReceiptRequest(
            Payments payments,
            ReceiptRequests requests,
            ReceiptProperties properties,
            AuditTrail audit,
            Clock clock,
            TransactionOperations transaction) {
        this.payments = payments;
        this.requests = requests;
        this.properties = properties;
        this.audit = audit;
        this.clock = clock;
        this.transaction = transaction;
    }

    /** A request that has ended, and its payment. */
    public record Ended(ReceiptRequest request, Payment payment) {}

    /**
     * Ends the request. A repeat answers the same and is not on record.
     *
     * @param why 1 to 500 characters
     * @throws ReceiptRequestNotFound if there is none
     * @throws ReceiptRequestNotStuck if it has ended by itself, nobody has been told of it yet, or Toss may be about to
     *     answer
     */
    public Ended end(ReceiptRequestId id, String why, Operator operator) {
        return transaction.execute(_ -> ended(id, why, operator));
    }

    private Ended ended(ReceiptRequestId id, String why, Operator operator) {
        ReceiptRequest found = requests.find(id).orElseThrow(() -> new ReceiptRequestNotFound(id.toString()));
        Payment payment =
                payments.findAndHoldById(found.paymentId()).orElseThrow(() -> new PaymentNotFound(found.paymentId()));
        // As it is now that its payment is held.
        ReceiptRequest request = requests.find(id).orElseThrow(() -> new ReceiptRequestNotFound(id.toString()));
        if (request.isEndedByOperator()) {
            return new Ended(request, payment);
        }
        Instant now = clock.instant();
        requireStuck(request, now);
        ReceiptRequest ended = request.endedByOperator(now);
        requests.save(ended);
        audit.record(new AuditEntry(
                operator, "payment.cash-receipt-end", payment.id().toString(), facts(request), facts(ended), why));
        return new Ended(ended, payment);
    }

    private void requireStuck(ReceiptRequest request, Instant now) {
        if (request.status().isEnded()) {
            throw new ReceiptRequestNotStuck(request, "it has ended (expected: an open one)");
        }
        if (!properties.isUnresolved(request, now)) {
            throw new ReceiptRequestNotStuck(request, "it may go on by itself (expected: one that was told of)");
        }
        if (request.mayBeUnderWay(now, properties.lease())) {
            throw new ReceiptRequestNotStuck(
                    request, "Toss was asked just now (expected: no call within " + properties.lease() + ")");
        }
    }

    private static Map<String, Object> facts(ReceiptRequest request) {
        return Map.of(
                "request",
                request.id().toString(),
                "kind",
                request.kind().name(),
                "status",
                request.status().name(),
                "amount",
                request.amount().won());
    }
}
