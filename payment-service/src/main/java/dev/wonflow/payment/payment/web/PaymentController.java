package dev.wonflow.payment.payment.web;

import static dev.wonflow.web.InvalidRequest.checked;
import static dev.wonflow.web.InvalidRequest.required;

import dev.wonflow.access.AllowedTo;
import dev.wonflow.access.Caller;
import dev.wonflow.idempotency.Once;
import dev.wonflow.money.Money;
import dev.wonflow.payment.CustomerKeys;
import dev.wonflow.payment.OrderId;
import dev.wonflow.payment.PaymentKey;
import dev.wonflow.payment.Text;
import dev.wonflow.payment.gateway.Failure;
import dev.wonflow.payment.gateway.Merchant;
import dev.wonflow.payment.payment.ConfirmPayment;
import dev.wonflow.payment.payment.FindPayment;
import dev.wonflow.payment.payment.Payment;
import dev.wonflow.payment.payment.Purchase;
import dev.wonflow.payment.payment.ReportCheckoutFailure;
import dev.wonflow.payment.payment.RequestPayment;
import dev.wonflow.runtime.IdSource;
import dev.wonflow.web.InvalidRequest;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** HTTP face of payments. Translates; decides nothing. */
@RestController
@RequestMapping("/api/payments")
class PaymentController {

    private static final String DEFAULT_ORDER_NAME = "결제";

    /** Toss's longest id is a paymentKey of 200 characters. */
    private static final int MAX_ID = 200;

    private final RequestPayment requestPayment;
    private final ConfirmPayment confirmPayment;
    private final ReportCheckoutFailure reportCheckoutFailure;
    private final FindPayment findPayment;
    private final Merchant merchant;
    private final CustomerKeys customerKeys;
    private final IdSource ids;

    PaymentController(
            RequestPayment requestPayment,
            ConfirmPayment confirmPayment,
            ReportCheckoutFailure reportCheckoutFailure,
            FindPayment findPayment,
            Merchant merchant,
            CustomerKeys customerKeys,
            IdSource ids) {
        this.requestPayment = requestPayment;
        this.confirmPayment = confirmPayment;
        this.reportCheckoutFailure = reportCheckoutFailure;
        this.findPayment = findPayment;
        this.merchant = merchant;
        this.customerKeys = customerKeys;
        this.ids = ids;
    }

    /** Opens a payment without an order-service order: a tenant buys a plan. */
    @AllowedTo("tenant:billing")
    @PostMapping("/toss/order")
    ResponseEntity<?> order(@RequestBody OrderRequest request, Caller caller, Once once) {
        if (request.currency() != null && !request.currency().equals(Money.CURRENCY)) {
            throw new InvalidRequest("currency: another one (expected: " + Money.CURRENCY + ")");
        }
        String customerKey = customerKeys.next();
        OrderId orderId = new OrderId("ord_" + ids.next().toString().replace("-", ""));
        Purchase purchase = checked(
                request,
                body -> new Purchase(
                        orderId,
                        caller.tenant(),
                        body.orderName() == null ? DEFAULT_ORDER_NAME : body.orderName(),
                        Money.ofWon(required("amount", body.amount())),
                        body.plan(),
                        customerKey));
        return once.inTransaction(
                caller.tenant(), () -> requestPayment.compare(purchase), compared -> opened(caller, compared));
    }

    private ResponseEntity<?> opened(Caller caller, RequestPayment.Compared compared) {
        Payment payment = requestPayment.request(caller, compared);
        Purchase purchase = compared.purchase();
        return ResponseEntity.status(HttpStatus.CREATED)
                .body(new OrderAnswer(
                        purchase.orderId().value(),
                        required("customerKey", purchase.customerKey()),
                        payment.id().value(),
                        purchase.orderName(),
                        purchase.amount().won(),
                        Money.CURRENCY,
                        merchant.clientKey()));
    }

    @AllowedTo({"checkout:write", "tenant:billing"})
    @PostMapping("/toss/confirm")
    ResponseEntity<?> confirm(@RequestBody ConfirmBody request, Caller caller, Once once) throws InterruptedException {
        ConfirmPayment.Request confirm = checked(
                request,
                body -> new ConfirmPayment.Request(
                        caller,
                        new OrderId(required("orderId", body.orderId())),
                        new PaymentKey(required("paymentKey", body.paymentKey())),
                        Money.ofWon(required("amount", body.amount()))));
        // Toss is called within it, so no transaction may be open.
        return once.withLease(caller.tenant(), () -> confirmed(confirmPayment.confirm(confirm)));
    }

    private static ResponseEntity<?> confirmed(Payment payment) {
        return switch (payment.status()) {
            // 202, for a client that reads an error here would let the buyer pay again.
            case CONFIRMING, UNKNOWN -> ResponseEntity.accepted().body(PaymentView.of(payment));
            case FAILED -> ResponseEntity.status(HttpStatus.PAYMENT_REQUIRED).body(Problems.declined(payment));
            case REQUESTED, WAITING_FOR_DEPOSIT, PAID, CANCELED, PARTIALLY_REFUNDED, REFUNDED ->
                ResponseEntity.ok(PaymentView.of(payment));
        };
    }

    @AllowedTo({"checkout:write", "tenant:billing"})
    @PostMapping("/toss/fail")
    ResponseEntity<?> fail(@RequestBody FailBody request, Caller caller, Once once) {
        OrderId orderId = checked(request, body -> new OrderId(required("orderId", body.orderId())));
        String code = required("code", request.code());
        if (code.isBlank()) {
            throw new InvalidRequest("code: blank (expected: the code of the failUrl)");
        }
        Failure reason = new Failure(code, request.message());
        return once.inTransaction(
                caller.tenant(),
                () -> ResponseEntity.ok(PaymentView.of(reportCheckoutFailure.report(caller, orderId, reason))));
    }

    @AllowedTo({"checkout:write", "tenant:billing:read"})
    @GetMapping("/lookup")
    PaymentView lookup(@RequestParam("id") String id, Caller caller) {
        String named = checked(id, text -> Text.require("id", text, MAX_ID));
        return PaymentView.of(findPayment.find(caller.tenant(), named));
    }

    record OrderRequest(
            @Nullable Long amount,
            @Nullable String currency,
            @Nullable String plan,
            @Nullable String orderName) {}

    record OrderAnswer(
            String orderId,
            String customerKey,
            UUID paymentId,
            String orderName,
            long amount,
            String currency,
            String clientKey) {}

    record ConfirmBody(
            @Nullable String paymentKey,
            @Nullable String orderId,
            @Nullable Long amount) {}

    record FailBody(
            @Nullable String orderId,
            @Nullable String code,
            @Nullable String message) {}
}
