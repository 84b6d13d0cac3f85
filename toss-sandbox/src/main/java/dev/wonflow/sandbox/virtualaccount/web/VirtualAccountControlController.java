package dev.wonflow.sandbox.virtualaccount.web;

import dev.wonflow.sandbox.error.Refused;
import dev.wonflow.sandbox.error.TossError;
import dev.wonflow.sandbox.exchange.web.Language;
import dev.wonflow.sandbox.payment.Payment;
import dev.wonflow.sandbox.payment.web.PaymentJson;
import dev.wonflow.sandbox.virtualaccount.DepositPayment;
import dev.wonflow.sandbox.virtualaccount.RefundDeposits;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What a buyer and the banks do with a virtual account. */
@RestController
@RequestMapping("/control/payments/{paymentKey}")
class VirtualAccountControlController {

    private final DepositPayment depositPayment;
    private final RefundDeposits refundDeposits;
    private final PaymentJson paymentJson;

    VirtualAccountControlController(
            DepositPayment depositPayment, RefundDeposits refundDeposits, PaymentJson paymentJson) {
        this.depositPayment = depositPayment;
        this.refundDeposits = refundDeposits;
        this.paymentJson = paymentJson;
    }

    record Deposit(@Nullable Long amount, @Nullable String depositorName) {}

    @PostMapping("/deposit")
    ResponseEntity<byte[]> deposit(
            @PathVariable String paymentKey,
            @RequestBody(required = false) @Nullable Deposit request,
            HttpServletRequest caller) {
        return paymentJson.answer(
                known(depositPayment.deposit(
                        paymentKey,
                        request == null ? null : request.amount(),
                        request == null ? null : request.depositorName())),
                Language.of(caller));
    }

    @PostMapping("/reverse-deposit")
    ResponseEntity<byte[]> reverseDeposit(@PathVariable String paymentKey, HttpServletRequest caller) {
        return paymentJson.answer(known(depositPayment.reverse(paymentKey)), Language.of(caller));
    }

    @PostMapping("/fail-refund")
    ResponseEntity<byte[]> failRefund(@PathVariable String paymentKey, HttpServletRequest caller) {
        return paymentJson.answer(known(refundDeposits.fail(paymentKey)), Language.of(caller));
    }

    @PostMapping("/complete-refund")
    ResponseEntity<byte[]> completeRefund(@PathVariable String paymentKey, HttpServletRequest caller) {
        return paymentJson.answer(known(refundDeposits.complete(paymentKey)), Language.of(caller));
    }

    private static Payment known(Optional<Payment> changed) {
        return changed.orElseThrow(() -> new Refused(TossError.NOT_FOUND_PAYMENT));
    }
}
