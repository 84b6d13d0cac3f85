package dev.wonflow.payment.refund.web;

import dev.wonflow.access.AllowedTo;
import dev.wonflow.access.Caller;
import dev.wonflow.idempotency.Once;
import dev.wonflow.payment.Text;
import dev.wonflow.payment.refund.ApproveRefund;
import dev.wonflow.payment.refund.RefundId;
import dev.wonflow.payment.refund.RefundNotFound;
import dev.wonflow.payment.refund.RequestRefund;
import dev.wonflow.web.InvalidRequest;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** HTTP face of a second person's word on refunds. Translates; decides nothing. */
@RestController
@RequestMapping("/api/refunds")
class ApprovalController {

    private static final int MAX_REASON = 200;

    private final ApproveRefund approveRefund;

    ApprovalController(ApproveRefund approveRefund) {
        this.approveRefund = approveRefund;
    }

    /** What waits for a second person, oldest first. */
    @AllowedTo("order:fulfil")
    @GetMapping("/awaiting-approval")
    Awaiting awaiting(Caller caller) {
        return new Awaiting(approveRefund.awaiting(caller).stream()
                .map(ApprovalController::view)
                .toList());
    }

    /** Agrees; the money goes back. */
    @AllowedTo("order:fulfil")
    @PostMapping("/{id}/approve")
    ResponseEntity<?> approve(@PathVariable("id") String id, Caller caller, Once once) throws InterruptedException {
        RefundId refund = refundId(id);
        // Toss is called meanwhile, so no transaction may be open. A repeat finds the decision.
        return once.withLease(caller.tenant(), () -> RefundController.answer(approveRefund.approve(caller, refund)));
    }

    /** Does not agree; no money goes back. */
    @AllowedTo("order:fulfil")
    @PostMapping("/{id}/reject")
    ResponseEntity<?> reject(@PathVariable("id") String id, @RequestBody RejectBody body, Caller caller, Once once)
            throws InterruptedException {
        RefundId refund = refundId(id);
        String why = InvalidRequest.checked(body, _ -> reason(body));
        return once.withLease(
                caller.tenant(), () -> ResponseEntity.ok(view(approveRefund.reject(caller, refund, why))));
    }

    private static String reason(RejectBody body) {
        if (body.reason() == null) {
            throw new InvalidRequest("reason: missing (expected: text of 1 to 200 characters)");
        }
        return Text.require("reason", body.reason(), MAX_REASON);
    }

    private static RefundId refundId(String id) {
        try {
            return new RefundId(UUID.fromString(id));
        } catch (IllegalArgumentException _) {
            throw new RefundNotFound(id);
        }
    }

    private static RefundView view(RequestRefund.Standing standing) {
        return RefundView.of(standing.refund(), standing.payment());
    }

    record RejectBody(@Nullable String reason) {}

    record Awaiting(List<RefundView> refunds) {}
}
