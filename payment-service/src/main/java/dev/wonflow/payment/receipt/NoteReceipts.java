package dev.wonflow.payment.receipt;

import dev.wonflow.payment.gateway.GatewayPayment;
import dev.wonflow.payment.gateway.GatewayReceipt;
import dev.wonflow.payment.incident.Incident;
import dev.wonflow.payment.incident.Incidents;
import dev.wonflow.payment.payment.CashReceipts;
import dev.wonflow.payment.payment.Payment;
import dev.wonflow.payment.payment.Payments;
import dev.wonflow.payment.payment.StatusChecks;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;

/**
 * Takes in what Toss tells of the receipts that were asked for with a payment. While the tax office has not decided
 * about one of them, the payment has a status check.
 */
@Service
class NoteReceipts implements CashReceipts {

    private static final Comparator<GatewayReceipt> AS_ASKED =
            Comparator.comparing(GatewayReceipt::requestedAt).thenComparing(GatewayReceipt::kind);

    private final Receipts receipts;
    private final Payments payments;
    private final ReceiptEvents events;
    private final StatusChecks statusChecks;
    private final Incidents incidents;
    private final ReceiptProperties properties;

    NoteReceipts(
            Receipts receipts,
            Payments payments,
            ReceiptEvents events,
            StatusChecks statusChecks,
            Incidents incidents,
            ReceiptProperties properties) {
        this.receipts = receipts;
        this.payments = payments;
        this.events = events;
        this.statusChecks = statusChecks;
        this.incidents = incidents;
        this.properties = properties;
    }

    @Override
    public Payment note(Payment payment, GatewayPayment seen, Instant now) {
        if (seen.receipts().isEmpty()) {
            return payment;
        }
        List<CashReceipt> known = receipts.of(payment.id());
        List<CashReceipt> shown = new ArrayList<>();
        Payment latest = payment;
        for (GatewayReceipt told : requests(seen.receipts())) {
            Optional<CashReceipt> before = known.stream()
                    .filter(receipt -> receipt.told().isSameRequest(told))
                    .findFirst();
            CashReceipt receipt = before.map(earlier -> earlier.after(told, now))
                    .orElseGet(() -> new CashReceipt(payment.id(), told, now));
            shown.add(receipt);
            if (!before.equals(Optional.of(receipt))) {
                latest = changed(latest, receipt, now);
            }
        }
        follow(latest, shown, now);
        return latest;
    }

    private static List<GatewayReceipt> requests(List<GatewayReceipt> told) {
        List<GatewayReceipt> requests = new ArrayList<>();
        for (GatewayReceipt next : told.stream().sorted(AS_ASKED).toList()) {
            if (!requests.isEmpty() && requests.getLast().isSameRequest(next)) {
                requests.add(requests.removeLast().and(next));
            } else {
                requests.add(next);
            }
        }
        return requests;
    }

    /** The payment gets a version of its own for the event, which is in order among those of the payment. */
    private Payment changed(Payment payment, CashReceipt receipt, Instant now) {
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
        String what = switch (told.kind()) {
            case CONFIRM -> " (expected: COMPLETED; the buyer has no receipt for it)";
            case CANCEL -> " (expected: COMPLETED; the receipt stands for money that went back)";
        };
        return new Incident(
                receipt.paymentId(),
                Incident.Kind.CASH_RECEIPT_FAILED,
                told.kind() + " of " + told.amount() + ": " + told.failureCode()
                        + (told.failureReason() == null ? "" : " " + told.failureReason()) + what,
                now);
    }

    private void follow(Payment payment, List<CashReceipt> shown, Instant now) {
        List<Instant> open = shown.stream()
                .filter(CashReceipt::isOpen)
                .map(receipt -> receipt.told().requestedAt())
                .toList();
        for (Instant since : open) {
            if (properties.isOverdue(since, now)) {
                incidents.report(new Incident(
                        payment.id(),
                        Incident.Kind.CASH_RECEIPT_NOT_KNOWN,
                        "asked for at " + since + " and still IN_PROGRESS (expected: COMPLETED or FAILED)",
                        now));
            }
        }
        open.stream()
                .map(since -> properties.nextLook(since, now))
                .min(Comparator.naturalOrder())
                .ifPresent(due -> statusChecks.require(payment.id(), due));
    }
}
