package dev.wonflow.payment.receipt;

import dev.wonflow.payment.gateway.GatewayReceipt;
import dev.wonflow.payment.gateway.ListedReceipt;
import dev.wonflow.payment.gateway.ReceiptGateway;
import dev.wonflow.payment.gateway.ReceiptListing;
import dev.wonflow.payment.incident.Incident;
import dev.wonflow.payment.incident.Incidents;
import dev.wonflow.payment.payment.Payment;
import dev.wonflow.payment.payment.PaymentNotFound;
import dev.wonflow.payment.payment.Payments;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Finds out what the tax office decided about the receipts we asked for, a day's at a time: Toss tells of them in the
 * list of the day, and not in the payment.
 */
@Service
class FollowReceipts {

    private final Receipts receipts;
    private final ReceiptChanges changes;
    private final Payments payments;
    private final ReceiptGateway gateway;
    private final Incidents incidents;
    private final ReceiptProperties properties;
    private final Clock clock;
    private final TransactionOperations transaction;

    FollowReceipts(
            Receipts receipts,
            ReceiptChanges changes,
            Payments payments,
            ReceiptGateway gateway,
            Incidents incidents,
            ReceiptProperties properties,
            Clock clock,
            TransactionOperations transaction) {
        this.receipts = receipts;
        this.changes = changes;
        this.payments = payments;
        this.gateway = gateway;
        this.incidents = incidents;
        this.properties = properties;
        this.clock = clock;
        this.transaction = transaction;
    }

    /**
     * Looks at the receipts of a day; no transaction is open.
     *
     * @param day in Seoul
     * @return when to look again; empty once all of them are decided about
     */
    Optional<Instant> look(LocalDate day) {
        List<CashReceipt> open = receipts.openOf(day);
        if (open.isEmpty()) {
            return Optional.empty();
        }
        return switch (gateway.list(day)) {
            case ReceiptListing.Read(List<ListedReceipt> listed) ->
                open.stream()
                        .flatMap(receipt -> taken(receipt, listed).stream())
                        .min(Comparator.naturalOrder());
            case ReceiptListing.Unclear _ -> Optional.of(clock.instant().plus(properties.firstLook()));
            case ReceiptListing.OurFault(String code) -> {
                Instant now = clock.instant();
                transaction.executeWithoutResult(_ -> incidents.report(new Incident(
                        open.getFirst().paymentId(), Incident.Kind.OUR_FAULT, "cash receipts: " + code, now)));
                yield Optional.of(now.plus(properties.longestPause()));
            }
        };
    }

    /** When to look again at this one. */
    private Optional<Instant> taken(CashReceipt receipt, List<ListedReceipt> listed) {
        Optional<GatewayReceipt> told = listed.stream()
                .map(ListedReceipt::receipt)
                .filter(one -> one.isSameRequest(receipt.told()))
                .reduce(GatewayReceipt::and);
        return transaction.execute(_ -> {
            Instant now = clock.instant();
            Payment payment = payments.findAndHoldById(receipt.paymentId())
                    .orElseThrow(() -> new PaymentNotFound(receipt.paymentId()));
            CashReceipt known = receipts.of(payment.id()).stream()
                    .filter(one -> one.told().isSameRequest(receipt.told()))
                    .findFirst()
                    .orElse(receipt);
            CashReceipt latest = told.map(one -> known.after(one, now)).orElse(known);
            if (!latest.equals(known)) {
                changes.save(payment, latest, now);
            }
            return latest.isOpen() ? Optional.of(changes.nextLook(latest, now)) : Optional.empty();
        });
    }
}
