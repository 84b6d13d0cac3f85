package dev.wonflow.sandbox.receipt.web;

import dev.wonflow.sandbox.exchange.web.Language;
import dev.wonflow.sandbox.receipt.CashReceipt;
import dev.wonflow.sandbox.receipt.DecideCashReceipt;
import dev.wonflow.sandbox.receipt.NtsFailure;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** What the tax office does, on demand. */
@RestController
@RequestMapping("/control/cash-receipts")
class ReceiptControlController {

    private final DecideCashReceipt decideCashReceipt;
    private final ReceiptJson receiptJson;

    ReceiptControlController(DecideCashReceipt decideCashReceipt, ReceiptJson receiptJson) {
        this.decideCashReceipt = decideCashReceipt;
        this.receiptJson = receiptJson;
    }

    record Fail(@Nullable String reason) {}

    @PostMapping("/{receiptKey}/complete")
    ResponseEntity<byte[]> complete(@PathVariable String receiptKey, HttpServletRequest caller) {
        return decide(receiptKey, null, caller);
    }

    @PostMapping("/{receiptKey}/fail")
    ResponseEntity<byte[]> fail(
            @PathVariable String receiptKey,
            @RequestBody(required = false) @Nullable Fail request,
            HttpServletRequest caller) {
        return decide(receiptKey, Reason.of(request == null ? null : request.reason()), caller);
    }

    private ResponseEntity<byte[]> decide(String receiptKey, @Nullable NtsFailure refusal, HttpServletRequest caller) {
        CashReceipt decided = decideCashReceipt
                .decide(receiptKey, refusal)
                .orElseThrow(() -> new ResponseStatusException(
                        HttpStatus.NOT_FOUND, "cash receipt: " + receiptKey + " (expected: one that was issued)"));
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .body(receiptJson.write(decided, Language.of(caller)));
    }
}
