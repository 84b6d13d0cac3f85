package dev.wonflow.sandbox.receipt.web;

import dev.wonflow.sandbox.exchange.web.Language;
import dev.wonflow.sandbox.receipt.AlreadyDecided;
import dev.wonflow.sandbox.receipt.CashReceipt;
import dev.wonflow.sandbox.receipt.NtsFailure;
import dev.wonflow.sandbox.receipt.RefuseCashReceipt;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
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

    private final RefuseCashReceipt refuseCashReceipt;
    private final ReceiptJson receiptJson;

    ReceiptControlController(RefuseCashReceipt refuseCashReceipt, ReceiptJson receiptJson) {
        this.refuseCashReceipt = refuseCashReceipt;
        this.receiptJson = receiptJson;
    }

    record Fail(@Nullable String reason) {}

    @PostMapping("/{receiptKey}/fail")
    ResponseEntity<byte[]> fail(
            @PathVariable String receiptKey,
            @RequestBody(required = false) @Nullable Fail request,
            HttpServletRequest caller) {
        String reason = request == null ? null : request.reason();
        CashReceipt failed;
        try {
            failed = refuseCashReceipt
                    .refuse(receiptKey, reason == null ? NtsFailure.TS1 : named(reason))
                    .orElseThrow(() -> new ResponseStatusException(
                            HttpStatus.NOT_FOUND, "cash receipt: " + receiptKey + " (expected: one that was issued)"));
        } catch (AlreadyDecided e) {
            throw new ResponseStatusException(HttpStatus.CONFLICT, e.getMessage(), e);
        }
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .body(receiptJson.write(failed, Language.of(caller)));
    }

    private static NtsFailure named(String reason) {
        return NtsFailure.named(reason)
                .orElseThrow(() -> new ResponseStatusException(
                        HttpStatus.BAD_REQUEST,
                        "reason: " + reason + " (expected: one of " + Arrays.toString(NtsFailure.values()) + ")"));
    }
}
