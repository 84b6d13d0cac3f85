package dev.wonflow.payment.receipt;

import dev.wonflow.money.Money;
import dev.wonflow.payment.gateway.GatewayReceipt;
import dev.wonflow.payment.incident.Incident;
import dev.wonflow.payment.incident.Incidents;
import dev.wonflow.payment.payment.Payment;
import dev.wonflow.payment.payment.Payments;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** Stores how a receipt stands, with the event that tells of it; in the transaction that holds its payment. */
@Service
class ReceiptChanges {

    private final Receipts receipts;
    private final Payments payments;
    private final ReceiptEvents events;
    private final Incidents incidents;
    private final ReceiptProperties properties;

    ReceiptChanges(
            Receipts receipts,
            Payments payments,
            ReceiptEvents events,
            Incidents incidents,
            ReceiptProperties properties) {
        this.receipts = receipts;
        this.payments = payments;
        this.events = events;
        this.incidents = incidents;
        this.properties = properties;
    }

    /**
     * Stores a new state.
     *
     * @return the payment with a version of its own for the event, which is in order among those of the payment
     */
    Payment save(Payment payment, CashReceipt receipt, Instant now) {
        receipts.save(receipt);
        Payment stored = payments.save(payment);
        events.publish(stored, receipt);
        if (receipt.hasFailed()) {
            incidents.report(failed(receipt, now));
        }
        return stored;
    }

    private static Incident failed(CashReceipt receipt, Instant now) {
        GatewayReceipt told = receipt.told();
        String expected = switch (told.kind()) {
            case CONFIRM -> " (expected: COMPLETED; the buyer has no receipt for it)";
            case CANCEL -> " (expected: COMPLETED; the receipt stands for money that went back)";
        };
        return new Incident(
                receipt.paymentId(),
                Incident.Kind.CASH_RECEIPT_FAILED,
                told.kind() + " of " + told.amount() + ": " + told.failureCode()
                        + (told.failureReason() == null ? "" : " " + told.failureReason()) + expected,
                now);
    }

    /** When to look again at a receipt that is not decided about; after days a person is told as well. */
    Instant nextLook(CashReceipt receipt, Instant now) {
        Instant since = receipt.told().requestedAt();
        if (properties.isOverdue(since, now)) {
            incidents.report(new Incident(
                    receipt.paymentId(),
                    Incident.Kind.CASH_RECEIPT_NOT_KNOWN,
                    "asked for at " + since + " and still IN_PROGRESS (expected: COMPLETED or FAILED)",
                    now));
        }
        return properties.nextLook(since, now);
    }

    /**
     * When to look again whether Toss has taken back a receipt of its own, of which {@code left} stands for money that
     * went back; empty once a person has had to know for days.
     */
    Optional<Instant> nextLookAtTakingBack(Payment payment, Money left, Instant now) {
        Instant since = payment.changedAt();
        if (properties.isUnresolvedSince(since, now)) {
            incidents.report(new Incident(
                    payment.id(),
                    Incident.Kind.CASH_RECEIPT_NOT_KNOWN,
                    left + " went back at " + since + " and the receipt of Toss's window stands for it"
                            + " (expected: a cancel of it in the payment)",
                    now));
        }
        return properties.isOverdue(since, now) ? Optional.empty() : Optional.of(properties.nextLook(since, now));
    }
}
