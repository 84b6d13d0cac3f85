package dev.wonflow.payment.payment.web;

import static dev.wonflow.web.InvalidRequest.checked;

import dev.wonflow.access.AllowedTo;
import dev.wonflow.access.Caller;
import dev.wonflow.access.Operator;
import dev.wonflow.idempotency.Once;
import dev.wonflow.payment.Text;
import dev.wonflow.payment.payment.LookNow;
import dev.wonflow.web.CodedProblem;
import dev.wonflow.web.statement.Field;
import dev.wonflow.web.statement.Operation;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Has Toss asked about a payment at once, for its tenant or for an operator. */
@RestController
class LookController {

    /** Toss's longest id is a paymentKey of 200 characters. */
    private static final int MAX_ID = 200;

    private final LookNow lookNow;

    LookController(LookNow lookNow) {
        this.lookNow = lookNow;
    }

    /**
     * Asks Toss about a payment now, and answers with what came of it. 202 says that it is not known yet, and that Toss
     * is asked again.
     *
     * @param id of the payment or its order, or its paymentKey
     */
    @AllowedTo({"order:fulfil", "tenant:billing"})
    @PostMapping("/api/payments/{id}/look")
    @Operation(
            id = "lookAtPayment",
            status = {200, 202},
            body = PaymentView.class,
            problems = {"payment.not-found", "payment.not-created-yet", "payment.toss-busy"})
    ResponseEntity<?> look(@Field(max = MAX_ID) @PathVariable("id") String id, Caller caller, Once once)
            throws InterruptedException {
        String named = checked(id, LookController::id);
        // Toss is called within it, so no transaction may be open.
        return once.withLease(caller.tenant(), () -> answer(lookNow.look(caller.tenant(), named)));
    }

    /**
     * Asks Toss about a payment of any tenant now.
     *
     * @param id of the payment or its order, or its paymentKey
     */
    @AllowedTo("operator:reconciliation")
    @PostMapping("/api/reconciliation/payments/{id}/look")
    @Operation(
            id = "lookAtAnyPayment",
            status = {200, 202},
            body = PaymentView.class,
            problems = {"payment.not-found", "payment.toss-busy"})
    ResponseEntity<?> lookAtAny(@Field(max = MAX_ID) @PathVariable("id") String id, Operator operator) {
        String named = checked(id, LookController::id);
        Optional<LookNow.Looked> looked = lookNow.look(named);
        return looked.isPresent()
                ? answer(looked.get())
                : ResponseEntity.status(Problems.NOT_FOUND.status())
                        .body(CodedProblem.of(
                                Problems.NOT_FOUND, "payment " + named + ": not here (expected: one of ours)"));
    }

    private static String id(String text) {
        return Text.require("id", text, MAX_ID);
    }

    private static ResponseEntity<?> answer(LookNow.Looked looked) {
        PaymentView view = PaymentView.of(looked.payment());
        return looked.known()
                ? ResponseEntity.ok(view)
                : ResponseEntity.accepted().body(view);
    }
}
