package dev.wonflow.payment.receipt;

import dev.wonflow.payment.gateway.GatewayPayment;
import dev.wonflow.payment.gateway.GatewayReceipt;
import dev.wonflow.payment.payment.CashReceipts;
import dev.wonflow.payment.payment.Payment;
import dev.wonflow.payment.payment.PaymentStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;

/**
 * Takes in what Toss tells of the receipts that were asked for with a payment, which Toss also takes back by itself.
 * While the tax office has not decided about one of them, the payment has a status check. A receipt that we asked for
 * is ours to take back: that is planned with the step that gives the money back.
 */
@Service
class NoteReceipts implements CashReceipts {

    private static final Comparator<GatewayReceipt> AS_ASKED = Comparator.comparing(GatewayReceipt::requestedAt)
            .thenComparing(GatewayReceipt::kind)
            .thenComparing(GatewayReceipt::receiptKey);

    private final Receipts receipts;
    private final ReceiptRequests requests;
    private final ReceiptChanges changes;

    NoteReceipts(Receipts receipts, ReceiptRequests requests, ReceiptChanges changes) {
        this.receipts = receipts;
        this.requests = requests;
        this.changes = changes;
    }

    @Override
    public Noted note(Payment payment, GatewayPayment seen, Instant now) {
        Noted noted = seen.receipts().isEmpty() && !Standing.isPaidLikeCash(payment)
                ? new Noted(payment, null)
                : noted(payment, seen.receipts(), now);
        if (isLessThanTaken(payment) && Standing.isPaidLikeCash(payment)) {
            Standing.excess(payment, receipts.of(payment.id()), requests.of(payment.id()))
                    .ifPresent(_ -> requests.plan(payment.id(), now));
        }
        return noted;
    }

    private static boolean isLessThanTaken(Payment payment) {
        return switch (payment.status()) {
            case PARTIALLY_REFUNDED, REFUNDED -> true;
            case WAITING_FOR_DEPOSIT -> payment.isReversed();
            case REQUESTED, CONFIRMING, UNKNOWN, PAID, FAILED, CANCELED -> false;
        };
    }

    private Noted noted(Payment payment, List<GatewayReceipt> told, Instant now) {
        List<CashReceipt> known = receipts.of(payment.id());
        List<CashReceipt> shown = new ArrayList<>();
        Payment latest = payment;
        for (GatewayReceipt request : requests(told)) {
            Optional<CashReceipt> before = known.stream()
                    .filter(receipt -> receipt.told().isSameRequest(request))
                    .findFirst();
            CashReceipt receipt = before.map(earlier -> earlier.after(request, now))
                    .orElseGet(() -> new CashReceipt(payment.id(), request, null, now));
            shown.add(receipt);
            if (!before.equals(Optional.of(receipt))) {
                latest = changes.save(latest, receipt, now);
            }
        }
        // An answer without what is known says nothing of it.
        Stream<CashReceipt> passedOver = known.stream()
                .filter(receipt -> receipt.requestedBy() == null)
                .filter(receipt -> shown.stream().noneMatch(one -> one.told().isSameRequest(receipt.told())));
        List<CashReceipt> all = Stream.concat(shown.stream(), passedOver).toList();
        Stream<Instant> looks = all.stream().filter(CashReceipt::isOpen).map(receipt -> changes.nextLook(receipt, now));
        return new Noted(
                latest,
                Stream.concat(looks, nextLookAtTakingBack(payment, all, now).stream())
                        .min(Comparator.naturalOrder())
                        .orElse(null));
    }

    /** Toss takes its own receipts back with the money; that it has is seen, and not taken for granted. */
    private Optional<Instant> nextLookAtTakingBack(Payment payment, List<CashReceipt> all, Instant now) {
        boolean refunded =
                payment.status() == PaymentStatus.PARTIALLY_REFUNDED || payment.status() == PaymentStatus.REFUNDED;
        return refunded
                ? Standing.leftStanding(payment, all).flatMap(left -> changes.nextLookAtTakingBack(payment, left, now))
                : Optional.empty();
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
}
