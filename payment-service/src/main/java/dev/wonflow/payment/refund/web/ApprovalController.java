package dev.wonflow.payment.refund.web;

import dev.wonflow.access.AllowedTo;
import dev.wonflow.access.Caller;
import dev.wonflow.idempotency.Once;
import dev.wonflow.payment.Text;
import dev.wonflow.payment.refund.ApproveRefund;
import dev.wonflow.payment.refund.RefundId;
import dev.wonflow.payment.refund.RefundNotFound;
import dev.wonflow.web.InvalidRequest;
import dev.wonflow.web.statement.Field;
import dev.wonflow.web.statement.Operation;
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

    /** Lists the refunds that wait for a second person, oldest first; 200 at most. */
    @AllowedTo("order:fulfil")
    @GetMapping("/awaiting-approval")
    @Operation(id = "listRefundsAwaitingApproval")
    Awaiting awaiting(Caller caller) {
        return new Awaiting(
                approveRefund.awaiting(caller).stream().map(RefundView::of).toList());
    }

    /** Agrees to a refund that another person asked for; the money goes back. */
    @AllowedTo("order:fulfil")
    @PostMapping("/{id}/approve")
    @Operation(
            id = "approveRefund",
            status = {200, 202},
            body = RefundView.class,
            problems = {
                "refund.not-found",
                "refund.approval-not-needed",
                "refund.approval-decided",
                "refund.approval-same-person",
                "refund.declined",
                "refund.rejected"
            })
    ResponseEntity<?> approve(@Field(format = "uuid") @PathVariable("id") String id, Caller caller, Once once)
            throws InterruptedException {
        RefundId refund = refundId(id);
        // Toss is called meanwhile, so no transaction may be open. A repeat finds the decision.
        return once.withLease(caller.tenant(), () -> RefundController.answer(approveRefund.approve(caller, refund)));
    }

    /**
     * Ends a refund that waits for a second person; no money goes back for it. Who asked for it may do so, too. What is
     * left for an order that was called off goes back by itself.
     */
    @AllowedTo("order:fulfil")
    @PostMapping("/{id}/reject")
    @Operation(
            id = "rejectRefund",
            body = RefundView.class,
            problems = {"refund.not-found", "refund.approval-not-needed", "refund.approval-decided"})
    ResponseEntity<?> reject(
            @Field(format = "uuid") @PathVariable("id") String id,
            @RequestBody RejectBody body,
            Caller caller,
            Once once)
            throws InterruptedException {
        String why = InvalidRequest.checked(body, _ -> reason(body));
        RefundId refund = refundId(id);
        return once.withLease(
                caller.tenant(), () -> ResponseEntity.ok(RefundView.of(approveRefund.reject(caller, refund, why))));
    }

    private static String reason(RejectBody body) {
        String reason = InvalidRequest.required("reason", body.reason(), "text of 1 to " + MAX_REASON + " characters");
        return Text.require("reason", reason, MAX_REASON);
    }

    private static RefundId refundId(String id) {
        try {
            return new RefundId(UUID.fromString(id));
        } catch (IllegalArgumentException _) {
            throw new RefundNotFound(id);
        }
    }

    /**
     * Why not.
     *
     * @param reason kept with the refund and in the audit trail
     */
    record RejectBody(
            @Field(required = true, max = MAX_REASON, example = "영수증이 없음") @Nullable
            String reason) {}

    /** The refunds that wait. */
    record Awaiting(List<RefundView> refunds) {}
}
