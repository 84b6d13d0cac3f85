package dev.wonflow.sandbox.payment.web;

import dev.wonflow.sandbox.error.Refused;
import dev.wonflow.sandbox.error.TossError;
import dev.wonflow.sandbox.exchange.web.Language;
import dev.wonflow.sandbox.payment.DecideReceipt;
import dev.wonflow.sandbox.receipt.NtsFailure;
import dev.wonflow.sandbox.receipt.web.Reason;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** What the tax office does about the receipt that came with a payment, on demand. */
@RestController
@RequestMapping("/control/payments/{paymentKey}/cash-receipt-status")
class ReceiptOfPaymentController {

    private final DecideReceipt decideReceipt;
    private final PaymentJson paymentJson;

    ReceiptOfPaymentController(DecideReceipt decideReceipt, PaymentJson paymentJson) {
        this.decideReceipt = decideReceipt;
        this.paymentJson = paymentJson;
    }

    /** What is decided, about the receipt unless its cancels are named by their key. */
    record ReceiptEnd(
            @Nullable String status,
            @Nullable String reason,
            @Nullable String receiptKey) {}

    @PostMapping
    ResponseEntity<byte[]> decide(
            @PathVariable String paymentKey, @RequestBody ReceiptEnd request, HttpServletRequest caller) {
        NtsFailure refusal = refusal(request);
        return paymentJson.answer(
                decideReceipt
                        .decide(paymentKey, request.receiptKey(), refusal)
                        .orElseThrow(() -> new Refused(TossError.NOT_FOUND_PAYMENT)),
                Language.of(caller));
    }

    private static @Nullable NtsFailure refusal(ReceiptEnd request) {
        return switch (String.valueOf(request.status())) {
            case "COMPLETED" -> null;
            case "FAILED" -> Reason.of(request.reason());
            default ->
                throw new ResponseStatusException(
                        HttpStatus.BAD_REQUEST, "status: " + request.status() + " (expected: COMPLETED or FAILED)");
        };
    }
}
