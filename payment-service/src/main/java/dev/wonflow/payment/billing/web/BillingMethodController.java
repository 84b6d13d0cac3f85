package dev.wonflow.payment.billing.web;

import dev.wonflow.access.AllowedTo;
import dev.wonflow.access.Caller;
import dev.wonflow.idempotency.Once;
import dev.wonflow.payment.Text;
import dev.wonflow.payment.billing.BillingMethodId;
import dev.wonflow.payment.billing.FindMethods;
import dev.wonflow.payment.billing.RegisterMethod;
import dev.wonflow.payment.billing.RemoveMethod;
import dev.wonflow.payment.gateway.AuthKey;
import dev.wonflow.web.InvalidRequest;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** HTTP face of billing methods. Translates; decides nothing. */
@RestController
@RequestMapping("/api/billing-methods")
class BillingMethodController {

    private static final int MAX_CUSTOMER_KEY = 300;
    private static final String OF_THE_SUCCESS_URL = "the one of the successUrl";

    private final RegisterMethod registerMethod;
    private final RemoveMethod removeMethod;
    private final FindMethods findMethods;

    BillingMethodController(RegisterMethod registerMethod, RemoveMethod removeMethod, FindMethods findMethods) {
        this.registerMethod = registerMethod;
        this.removeMethod = removeMethod;
        this.findMethods = findMethods;
    }

    /** Tells what to open Toss's billing window with. */
    @AllowedTo("tenant:billing")
    @PostMapping("/toss/window")
    ResponseEntity<?> window(Caller caller, Once once) {
        return once.inTransaction(caller.tenant(), () -> ResponseEntity.ok(registerMethod.window(caller)));
    }

    /** Takes what the window added to the successUrl. */
    @AllowedTo("tenant:billing")
    @PostMapping
    ResponseEntity<?> register(@RequestBody RegisterBody body, Caller caller, Once once) throws InterruptedException {
        Authorization told = InvalidRequest.checked(body, BillingMethodController::authorization);
        // Toss is called meanwhile, so no transaction may be open. A repeat finds its method by Toss's answer.
        return once.withLease(
                caller.tenant(),
                () -> ResponseEntity.status(HttpStatus.CREATED)
                        .body(BillingMethodView.of(
                                registerMethod.register(caller, told.authKey(), told.customerKey()))));
    }

    @AllowedTo("tenant:billing:read")
    @GetMapping
    MethodsAnswer all(Caller caller) {
        return new MethodsAnswer(findMethods.of(caller.tenant()).stream()
                .map(BillingMethodView::of)
                .toList());
    }

    @AllowedTo("tenant:billing:read")
    @GetMapping("/{id}")
    BillingMethodView one(@PathVariable("id") UUID id, Caller caller) {
        return BillingMethodView.of(findMethods.find(caller.tenant(), new BillingMethodId(id)));
    }

    /** Ends a method: nothing is charged from here on, and Toss is told. Safe to repeat by itself. */
    @AllowedTo("tenant:billing")
    @DeleteMapping("/{id}")
    ResponseEntity<Void> remove(@PathVariable("id") UUID id, Caller caller) {
        removeMethod.remove(caller, new BillingMethodId(id));
        return ResponseEntity.noContent().build();
    }

    private static Authorization authorization(RegisterBody body) {
        return new Authorization(
                new AuthKey(InvalidRequest.required("authKey", body.authKey(), OF_THE_SUCCESS_URL)),
                Text.require(
                        "customerKey",
                        InvalidRequest.required("customerKey", body.customerKey(), OF_THE_SUCCESS_URL),
                        MAX_CUSTOMER_KEY));
    }

    private record Authorization(AuthKey authKey, String customerKey) {}

    record MethodsAnswer(List<BillingMethodView> data) {}

    /** Together they are worth a billing key. */
    record RegisterBody(@Nullable String authKey, @Nullable String customerKey) {

        @Override
        public String toString() {
            return "***";
        }
    }
}
