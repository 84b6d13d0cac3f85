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
import dev.wonflow.web.statement.Field;
import dev.wonflow.web.statement.Operation;
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

    /** Opens a payment without a cart: a tenant buys a plan, or pays a sum. Toss's window is opened with the answer. */
    @AllowedTo("tenant:billing")
    @PostMapping("/toss/order")
    @Operation(
            id = "openPayment",
            status = 201,
            body = OrderAnswer.class,
            problems = {"plan.another-price", "plan.not-on-sale", "plan.catalogue-not-read"})
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
                        Money.ofWon("amount", required("amount", body.amount())),
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

    /**
     * Takes the money of a payment the buyer has agreed to, with what Toss's window added to the successUrl. 202 says
     * that it is not known yet whether Toss has taken it: show the buyer that it is being checked, let nobody pay
     * again, and look the payment up.
     */
    @AllowedTo({"checkout:write", "tenant:billing"})
    @PostMapping("/toss/confirm")
    @Operation(
            id = "confirmPayment",
            status = {200, 202},
            body = PaymentView.class,
            problems = {
                "payment.declined",
                "payment.not-found",
                "payment.not-created-yet",
                "payment.amount-mismatch",
                "payment.another-attempt-running",
                "payment.order-closed",
                "payment.too-many-attempts",
                "payment.not-open",
                "payment.key-taken",
                "payment.toss-busy"
            })
    ResponseEntity<?> confirm(@RequestBody ConfirmBody request, Caller caller, Once once) throws InterruptedException {
        ConfirmPayment.Request confirm = checked(
                request,
                body -> new ConfirmPayment.Request(
                        caller,
                        new OrderId(required("orderId", body.orderId())),
                        new PaymentKey(required("paymentKey", body.paymentKey())),
                        Money.ofWon("amount", required("amount", body.amount()))));
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

    /** Reports what Toss's window added to the failUrl: the buyer stopped, or it failed. No money was taken. */
    @AllowedTo({"checkout:write", "tenant:billing"})
    @PostMapping("/toss/fail")
    @Operation(
            id = "reportFailedCheckout",
            body = PaymentView.class,
            problems = {"payment.not-found", "payment.not-created-yet"})
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

    /**
     * Shows how a payment stands.
     *
     * @param id of the payment or its order, or its paymentKey
     */
    @AllowedTo({"checkout:write", "tenant:billing:read"})
    @GetMapping("/lookup")
    @Operation(
            id = "lookUpPayment",
            problems = {"payment.not-found", "payment.not-created-yet", "request.invalid"})
    PaymentView lookup(@Field(max = MAX_ID) @RequestParam("id") String id, Caller caller) {
        String named = checked(id, text -> Text.require("id", text, MAX_ID));
        return PaymentView.of(findPayment.find(caller.tenant(), named));
    }

    /**
     * What is to be paid for.
     *
     * @param amount the price of the plan, if there is one
     * @param plan id of the plan that is bought
     * @param orderName what the buyer reads in the window and on the receipt
     */
    record OrderRequest(
            @Field(required = true, won = true, min = 100, example = "33000") @Nullable
            Long amount,

            @Field(only = Money.CURRENCY) @Nullable String currency,
            @Field(max = 100, example = "pro") @Nullable String plan,
            @Field(max = 100, example = "프로 플랜") @Nullable String orderName) {}

    /**
     * What Toss's window is opened with.
     *
     * @param customerKey the buyer's name towards Toss
     * @param clientKey Toss's key for browsers
     */
    record OrderAnswer(
            String orderId,
            String customerKey,
            UUID paymentId,
            String orderName,
            @Field(won = true) long amount,
            @Field(only = Money.CURRENCY) String currency,
            String clientKey) {}

    /**
     * What Toss's window added to the successUrl.
     *
     * @param paymentKey Toss's name of the attempt
     * @param amount compared with the order's before anything is taken
     */
    record ConfirmBody(
            @Field(required = true, max = 200, example = "tgen_20260105120500zZ9y8") @Nullable
            String paymentKey,

            @Field(required = true, pattern = "[A-Za-z0-9_=-]{6,64}", example = "ord_019b8c18e38073c4af0b6d4c8e91a001")
            @Nullable
            String orderId,

            @Field(required = true, won = true, example = "33000") @Nullable
            Long amount) {}

    /**
     * What Toss's window added to the failUrl.
     *
     * @param code Toss's; {@code PAY_PROCESS_CANCELED} says that the buyer stopped
     * @param message Toss's words for the buyer
     */
    record FailBody(
            @Field(required = true, pattern = "[A-Za-z0-9_=-]{6,64}", example = "ord_019b8c18e38073c4af0b6d4c8e91a001")
            @Nullable
            String orderId,

            @Field(required = true, example = "PAY_PROCESS_CANCELED") @Nullable
            String code,

            @Field(example = "사용자가 결제를 취소하였습니다") @Nullable String message) {}
}
