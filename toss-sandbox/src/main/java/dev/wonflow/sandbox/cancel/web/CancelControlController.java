package dev.wonflow.sandbox.cancel.web;

import dev.wonflow.sandbox.cancel.FinishCancels;
import dev.wonflow.sandbox.error.Refused;
import dev.wonflow.sandbox.error.TossError;
import dev.wonflow.sandbox.exchange.web.Language;
import dev.wonflow.sandbox.payment.CancelStatus;
import dev.wonflow.sandbox.payment.Payment;
import dev.wonflow.sandbox.payment.web.PaymentJson;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Answers cancels in progress as the provider overseas would. */
@RestController
@RequestMapping("/control/payments/{paymentKey}/cancel-status")
class CancelControlController {

    private final FinishCancels finishCancels;
    private final PaymentJson paymentJson;

    CancelControlController(FinishCancels finishCancels, PaymentJson paymentJson) {
        this.finishCancels = finishCancels;
        this.paymentJson = paymentJson;
    }

    /** How a cancel in progress ends; the oldest of the payment unless one is named by its transaction key. */
    record CancelEnd(@Nullable String status, @Nullable String transactionKey) {}

    @PostMapping
    ResponseEntity<byte[]> finishCancel(
            @PathVariable String paymentKey, @RequestBody CancelEnd request, HttpServletRequest caller) {
        CancelStatus end = Stream.of(CancelStatus.DONE, CancelStatus.ABORTED)
                .filter(status -> status.name().equals(request.status()))
                .findFirst()
                .orElseThrow(() -> new ResponseStatusException(
                        HttpStatus.BAD_REQUEST, "status: " + request.status() + " (expected: DONE or ABORTED)"));
        return paymentJson.answer(
                known(finishCancels.finish(paymentKey, request.transactionKey(), end)), Language.of(caller));
    }

    private static Payment known(Optional<Payment> changed) {
        return changed.orElseThrow(() -> new Refused(TossError.NOT_FOUND_PAYMENT));
    }
}
