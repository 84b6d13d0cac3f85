package dev.wonflow.payment.receipt;

import dev.wonflow.access.Caller;
import dev.wonflow.audit.AuditEntry;
import dev.wonflow.audit.AuditTrail;
import dev.wonflow.payment.Pause;
import dev.wonflow.payment.PaymentId;
import dev.wonflow.payment.gateway.GatewayReceipt;
import dev.wonflow.payment.gateway.ReceiptNumber;
import dev.wonflow.payment.gateway.ReceiptType;
import dev.wonflow.payment.payment.FindPayment;
import dev.wonflow.payment.payment.Payment;
import dev.wonflow.payment.payment.PaymentNotFound;
import dev.wonflow.payment.payment.Payments;
import dev.wonflow.payment.seal.Seal;
import dev.wonflow.runtime.IdSource;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Takes in that a buyer is to have a cash receipt: stored while the payment is held, so that of one payment there is
 * one request at a time. Asking Toss is work; the caller waits for it for a while.
 */
@Service
public class RequestReceipt {

    private final FindPayment findPayment;
    private final Payments payments;
    private final Receipts receipts;
    private final ReceiptRequests requests;
    private final Seal seal;
    private final AuditTrail audit;
    private final ReceiptProperties properties;
    private final IdSource ids;
    private final Clock clock;
    private final Pause pause;
    private final TransactionOperations transaction;

    RequestReceipt(
            FindPayment findPayment,
            Payments payments,
            Receipts receipts,
            ReceiptRequests requests,
            Seal seal,
            AuditTrail audit,
            ReceiptProperties properties,
            IdSource ids,
            Clock clock,
            Pause pause,
            TransactionOperations transaction) {
        this.findPayment = findPayment;
        this.payments = payments;
        this.receipts = receipts;
        this.requests = requests;
        this.seal = seal;
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
     * @param key tells a repeat of the request from another one
     */
    public record Request(
            Caller caller,
            String id,
            ReceiptType type,
            ReceiptNumber customer,
            @Nullable String key) {}

    /**
     * A request and its payment, as they are now.
     *
     * @param receipt what Toss told of it; {@code null} until it has been issued
     */
    public record Asked(ReceiptRequest request, @Nullable CashReceipt receipt, Payment payment) {}

    /**
     * Has a receipt issued over what is left of the payment, or answers how the same request ended or stands.
     *
     * @return {@code REQUESTED} or {@code UNKNOWN} if it is not known yet whether it was passed on
     * @throws PaymentNotFound if the tenant has no such payment
     * @throws ReceiptRefused if the payment does not allow it
     * @throws ReceiptsNotSetUp if there is nothing to seal the number with
     */
    public Asked request(Request request) throws InterruptedException {
        if (!seal.isSetUp()) {
            throw new ReceiptsNotSetUp();
        }
        PaymentId paymentId =
                findPayment.find(request.caller().tenant(), request.id()).id();
        return awaitEnd(transaction.execute(_ -> stored(request, paymentId)));
    }

    private ReceiptRequest stored(Request request, PaymentId paymentId) {
        Payment payment = require(payments.findAndHoldById(paymentId), paymentId);
        Optional<ReceiptRequest> earlier =
                request.key() == null ? Optional.empty() : requests.find(paymentId, request.key());
        if (earlier.isPresent()) {
            if (earlier.get().type() != request.type()) {
                throw new ReceiptRefused(ReceiptRefused.Reason.KEY_REUSED, payment);
            }
            return earlier.get();
        }
        if (payment.balance().isZero() || !Standing.isPaidLikeCash(payment)) {
            throw new ReceiptRefused(ReceiptRefused.Reason.NOT_POSSIBLE, payment);
        }
        boolean asked =
                requests.of(paymentId).stream().anyMatch(open -> !open.status().isEnded());
        if (asked || Standing.hasReceipt(receipts.of(paymentId))) {
            throw new ReceiptRefused(ReceiptRefused.Reason.EXISTS, payment);
        }
        Instant now = clock.instant();
        ReceiptRequest stored =
                ReceiptRequest.issue(new ReceiptRequestId(ids.next()), paymentId, request.type(), request.key(), now);
        requests.add(stored, payment.purchase().tenantId(), request.customer());
        requests.plan(paymentId, now);
        audit.record(new AuditEntry(
                request.caller(),
                "payment.cash-receipt",
                paymentId.toString(),
                null,
                Map.of(
                        "orderId",
                        payment.orderId().value(),
                        "request",
                        stored.id().toString(),
                        "type",
                        request.type().word()),
                null));
        return stored;
    }

    /** The request once it has ended, or as it is when patience does. */
    private Asked awaitEnd(ReceiptRequest request) throws InterruptedException {
        ReceiptRequest latest = pause.until(
                clock,
                properties.patience(),
                request,
                known -> known.status().isEnded(),
                known -> requests.find(known.id()).orElse(known));
        PaymentId paymentId = request.paymentId();
        return new Asked(
                latest, issued(latest, receipts.of(paymentId)), require(payments.findById(paymentId), paymentId));
    }

    private static @Nullable CashReceipt issued(ReceiptRequest request, List<CashReceipt> receipts) {
        return receipts.stream()
                .filter(receipt -> request.id().equals(receipt.requestedBy()))
                .filter(receipt -> receipt.told().kind() == GatewayReceipt.Kind.CONFIRM)
                .findFirst()
                .orElse(null);
    }

    private static Payment require(Optional<Payment> payment, PaymentId id) {
        return payment.orElseThrow(() -> new PaymentNotFound(id));
    }
}
