package dev.wonflow.subscription.dunning.web;

import dev.wonflow.access.AllowedTo;
import dev.wonflow.access.Caller;
import dev.wonflow.access.Operator;
import dev.wonflow.idempotency.Once;
import dev.wonflow.runtime.TenantId;
import dev.wonflow.subscription.dunning.DailyWindow;
import dev.wonflow.subscription.dunning.DunningCase;
import dev.wonflow.subscription.dunning.DunningCases;
import dev.wonflow.subscription.dunning.DunningPolicy;
import dev.wonflow.subscription.dunning.DunningStage;
import dev.wonflow.subscription.dunning.PayNow;
import dev.wonflow.subscription.dunning.SetPolicy;
import dev.wonflow.subscription.invoice.InvoiceId;
import dev.wonflow.web.CodedProblem;
import dev.wonflow.web.InvalidRequest;
import dev.wonflow.web.ProblemKind;
import dev.wonflow.web.statement.Field;
import dev.wonflow.web.statement.Operation;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** HTTP face of what happens to invoices that are overdue. */
@RestController
class DunningController {

    private static final ProblemKind NOT_OVERDUE = new ProblemKind(409, "invoice.not-overdue");
    private static final ProblemKind NO_POLICY = new ProblemKind(404, "dunning.policy-not-found");

    private static final int MOST_CASES = 100;
    private static final int MOST_DAYS = 365;
    private static final int MAX_TENANT = 100;

    private final DunningCases cases;
    private final PayNow payNow;
    private final SetPolicy setPolicy;

    DunningController(DunningCases cases, PayNow payNow, SetPolicy setPolicy) {
        this.cases = cases;
        this.payNow = payNow;
        this.setPolicy = setPolicy;
    }

    /** Lists the tenant's invoices whose charge was declined, the newest first; 100 at most. */
    @AllowedTo("tenant:billing:read")
    @GetMapping("/api/invoices/overdue")
    @Operation(id = "listOverdueInvoices")
    OverdueList overdue(Caller caller) {
        return new OverdueList(cases.of(caller.tenant(), MOST_CASES).stream()
                .map(OverdueView::of)
                .toList());
    }

    /** Has an overdue invoice charged again at once, by the billing method of its subscription. */
    @AllowedTo("tenant:billing")
    @PostMapping("/api/invoices/{id}/pay-now")
    @Operation(id = "payOverdueInvoice", status = 202, body = OverdueView.class, problems = "invoice.not-overdue")
    ResponseEntity<?> pay(@Field(format = "uuid") @PathVariable("id") String id, Caller caller, Once once) {
        InvoiceId invoice = invoiceId(id);
        return once.inTransaction(
                caller.tenant(),
                () -> ResponseEntity.status(HttpStatus.ACCEPTED)
                        .body(OverdueView.of(payNow.pay(caller, invoice).orElseThrow(() -> new NotOverdue(id)))));
    }

    /** Shows how tenants are treated that have no policy of their own. */
    @AllowedTo("operator:renewals")
    @GetMapping("/api/dunning-policies/default")
    @Operation(id = "getDefaultDunningPolicy")
    PolicyView defaultPolicy(Operator operator) {
        return PolicyView.of(setPolicy.policy(null));
    }

    /** Says how tenants are treated that have no policy of their own; it holds from the next step of each case on. */
    @AllowedTo("operator:renewals")
    @PutMapping("/api/dunning-policies/default")
    @Operation(id = "setDefaultDunningPolicy")
    PolicyView setDefaultPolicy(@RequestBody PolicyBody body, Operator operator) {
        DunningPolicy policy = policy(body);
        setPolicy.set(operator, null, policy);
        return PolicyView.of(policy);
    }

    /** Shows how a tenant is treated, by its own policy or by that of all. */
    @AllowedTo("operator:renewals")
    @GetMapping("/api/dunning-policies/tenants/{tenantId}")
    @Operation(id = "getDunningPolicy")
    PolicyView policy(@Field(max = MAX_TENANT) @PathVariable("tenantId") String tenantId, Operator operator) {
        return PolicyView.of(setPolicy.policy(tenant(tenantId)));
    }

    /** Says how a tenant is treated; it holds from the next step of each case on. */
    @AllowedTo("operator:renewals")
    @PutMapping("/api/dunning-policies/tenants/{tenantId}")
    @Operation(id = "setDunningPolicy")
    PolicyView setPolicy(
            @Field(max = MAX_TENANT) @PathVariable("tenantId") String tenantId,
            @RequestBody PolicyBody body,
            Operator operator) {
        DunningPolicy policy = policy(body);
        setPolicy.set(operator, tenant(tenantId), policy);
        return PolicyView.of(policy);
    }

    /** Has the policy of all hold for a tenant again. */
    @AllowedTo("operator:renewals")
    @DeleteMapping("/api/dunning-policies/tenants/{tenantId}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(id = "removeDunningPolicy", status = 204, problems = "dunning.policy-not-found")
    void removePolicy(@Field(max = MAX_TENANT) @PathVariable("tenantId") String tenantId, Operator operator) {
        if (!setPolicy.remove(operator, tenant(tenantId))) {
            throw new NoPolicy(tenantId);
        }
    }

    private static DunningPolicy policy(PolicyBody body) {
        return InvalidRequest.checked(body, PolicyBody::policy);
    }

    private static TenantId tenant(String id) {
        return InvalidRequest.checked(id, TenantId::new);
    }

    private static InvoiceId invoiceId(String id) {
        try {
            return new InvoiceId(UUID.fromString(id));
        } catch (IllegalArgumentException _) {
            throw new NotOverdue(id);
        }
    }

    @ExceptionHandler
    ProblemDetail on(NotOverdue e) {
        return CodedProblem.of(NOT_OVERDUE, e.getMessage());
    }

    @ExceptionHandler
    ProblemDetail on(NoPolicy e) {
        return CodedProblem.of(NO_POLICY, e.getMessage());
    }

    static final class NotOverdue extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NotOverdue(String id) {
            super("invoice " + id.substring(0, Math.min(id.length(), 40))
                    + ": not overdue (expected: an id of GET /api/invoices/overdue in an open stage)");
        }
    }

    static final class NoPolicy extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NoPolicy(String tenant) {
            super("tenant " + tenant + ": no dunning policy of its own (expected: one that was set)");
        }
    }

    /** The overdue invoices. */
    record OverdueList(List<OverdueView> data) {}

    /**
     * An invoice whose charge was declined.
     *
     * @param stage {@code grace} (full use), {@code restricted}, {@code suspended}, {@code ended}, or {@code recovered}
     *     once it is paid
     * @param stageUntil when the stage is over; none if time does not end it
     * @param declines those that count
     * @param waitsForMethod nothing helps but another card or account
     * @param nextAttemptAt when it is charged again; none if it is not by itself
     */
    record OverdueView(
            UUID invoiceId,
            UUID subscriptionId,
            @Field(words = DunningStage.class) String stage,
            @Nullable Instant stageUntil,
            int declines,
            boolean waitsForMethod,
            @Nullable Instant nextAttemptAt,
            Instant openedAt,
            @Nullable Instant closedAt) {

        static OverdueView of(DunningCase one) {
            return new OverdueView(
                    one.invoice().value(),
                    one.subscription().value(),
                    one.stage().name().toLowerCase(Locale.ROOT),
                    one.stageUntil(),
                    one.declines(),
                    one.waitsForMethod(),
                    one.nextAttemptAt(),
                    one.openedAt(),
                    one.closedAt());
        }
    }

    /**
     * How tenants are treated that do not pay.
     *
     * @param daysBetweenAttempts days from each decline to the next attempt; as many attempts as entries
     * @param quietHours when nobody is charged, by the clocks of the subscription's zone; none: at any time
     * @param maintenance when banks are closed, by the clocks of Seoul
     * @param graceDays full use from the first decline on
     * @param restrictedDays restricted use after that
     * @param suspendedDays no use after that
     * @param finalAction what the end is: it is cancelled, or stays suspended
     */
    record PolicyBody(
            @Field(required = true, example = "[1, 3, 5, 7]") @Nullable
            List<Integer> daysBetweenAttempts,

            @Field(max = 11, example = "21:00-09:00") @Nullable
            String quietHours,

            @Field(required = true, example = "[\"23:30-00:30\"]") @Nullable
            List<String> maintenance,

            @Field(required = true, min = 0, max = MOST_DAYS, example = "7") @Nullable
            Integer graceDays,

            @Field(required = true, min = 0, max = MOST_DAYS, example = "9") @Nullable
            Integer restrictedDays,

            @Field(required = true, min = 0, max = MOST_DAYS, example = "14") @Nullable
            Integer suspendedDays,

            @Field(required = true, words = DunningPolicy.FinalAction.class, example = "cancel") @Nullable
            String finalAction) {

        DunningPolicy policy() {
            return new DunningPolicy(
                    InvalidRequest.required("daysBetweenAttempts", daysBetweenAttempts, "days, such as [1, 3, 5, 7]"),
                    quietHours == null ? null : DailyWindow.parse("quietHours", quietHours),
                    InvalidRequest.required("maintenance", maintenance, "times in Seoul, such as [\"23:30-00:30\"]")
                            .stream()
                            .map(window -> DailyWindow.parse("maintenance", window))
                            .toList(),
                    InvalidRequest.required("graceDays", graceDays, "0 to " + MOST_DAYS),
                    InvalidRequest.required("restrictedDays", restrictedDays, "0 to " + MOST_DAYS),
                    InvalidRequest.required("suspendedDays", suspendedDays, "0 to " + MOST_DAYS),
                    ending(InvalidRequest.required("finalAction", finalAction, "cancel or stay_suspended")));
        }

        private static DunningPolicy.FinalAction ending(String word) {
            return switch (word) {
                case "cancel" -> DunningPolicy.FinalAction.CANCEL;
                case "stay_suspended" -> DunningPolicy.FinalAction.STAY_SUSPENDED;
                default ->
                    throw new IllegalArgumentException(
                            "finalAction: another word (expected: cancel or stay_suspended)");
            };
        }
    }

    /** How tenants are treated that do not pay; the parts are those of the request. */
    record PolicyView(
            List<Integer> daysBetweenAttempts,
            @Nullable String quietHours,
            List<String> maintenance,
            int graceDays,
            int restrictedDays,
            int suspendedDays,
            @Field(words = DunningPolicy.FinalAction.class) String finalAction) {

        static PolicyView of(DunningPolicy policy) {
            DailyWindow quiet = policy.quietHours();
            return new PolicyView(
                    policy.daysBetweenAttempts(),
                    quiet == null ? null : quiet.toString(),
                    policy.maintenance().stream().map(DailyWindow::toString).toList(),
                    policy.graceDays(),
                    policy.restrictedDays(),
                    policy.suspendedDays(),
                    policy.finalAction().name().toLowerCase(Locale.ROOT));
        }
    }
}
