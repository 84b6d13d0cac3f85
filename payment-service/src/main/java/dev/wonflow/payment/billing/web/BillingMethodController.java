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
import dev.wonflow.web.statement.Field;
import dev.wonflow.web.statement.Operation;
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
    @Operation(id = "openBillingWindow", body = RegisterMethod.Window.class, problems = "billing.not-set-up")
    ResponseEntity<?> window(Caller caller, Once once) {
        return once.inTransaction(caller.tenant(), () -> ResponseEntity.ok(registerMethod.window(caller)));
    }

    /** Registers a billing method with what Toss's billing window added to the successUrl. */
    @AllowedTo("tenant:billing")
    @PostMapping
    @Operation(
            id = "registerBillingMethod",
            status = 201,
            body = BillingMethodView.class,
            problems = {
                "billing.customer-key-differs",
                "billing.authorization-used",
                "billing.declined",
                "billing.not-known",
                "billing.not-set-up",
                "payment.toss-busy"
            })
    ResponseEntity<?> register(@RequestBody RegisterBody body, Caller caller, Once once) throws InterruptedException {
        Authorization told = InvalidRequest.checked(body, BillingMethodController::authorization);
        // Toss is called meanwhile, so no transaction may be open. A repeat finds its method by Toss's answer.
        return once.withLease(
                caller.tenant(),
                () -> ResponseEntity.status(HttpStatus.CREATED)
                        .body(BillingMethodView.of(
                                registerMethod.register(caller, told.authKey(), told.customerKey()))));
    }

    /** Lists the tenant's billing methods. */
    @AllowedTo("tenant:billing:read")
    @GetMapping
    @Operation(id = "listBillingMethods")
    MethodsAnswer all(Caller caller) {
        return new MethodsAnswer(findMethods.of(caller.tenant()).stream()
                .map(BillingMethodView::of)
                .toList());
    }

    /** Shows a billing method. */
    @AllowedTo("tenant:billing:read")
    @GetMapping("/{id}")
    @Operation(id = "getBillingMethod", problems = "billing.method-not-found")
    BillingMethodView one(@PathVariable("id") UUID id, Caller caller) {
        return BillingMethodView.of(findMethods.find(caller.tenant(), new BillingMethodId(id)));
    }

    /** Ends a method: nothing is charged from here on, and Toss is told. Safe to repeat by itself. */
    @AllowedTo("tenant:billing")
    @DeleteMapping("/{id}")
    @Operation(id = "removeBillingMethod", status = 204, problems = "billing.method-not-found")
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

    /**
     * What Toss's billing window added to the successUrl. Together they are worth a billing key.
     *
     * @param customerKey the one the window was opened with
     */
    record RegisterBody(
            @Field(required = true, max = 300, example = "bln_4kQ0u7oR1cV9") @Nullable
            String authKey,

            @Field(required = true, max = MAX_CUSTOMER_KEY, example = "cus_019b8c18e38073c4af0b6d4c8e91a001") @Nullable
            String customerKey) {

        @Override
        public String toString() {
            return "***";
        }
    }
}
