package dev.wonflow.subscription.subscription.web;

import dev.wonflow.access.AllowedTo;
import dev.wonflow.access.Caller;
import dev.wonflow.idempotency.Once;
import dev.wonflow.runtime.TenantClocks;
import dev.wonflow.subscription.Limits;
import dev.wonflow.subscription.plan.Plan;
import dev.wonflow.subscription.subscription.ChangeTerms;
import dev.wonflow.subscription.subscription.EndSubscription;
import dev.wonflow.subscription.subscription.SetBillingMethod;
import dev.wonflow.subscription.subscription.Subscribe;
import dev.wonflow.subscription.subscription.Subscription;
import dev.wonflow.subscription.subscription.SubscriptionNotFound;
import dev.wonflow.subscription.subscription.SubscriptionStatus;
import dev.wonflow.subscription.subscription.Subscriptions;
import dev.wonflow.web.InvalidRequest;
import dev.wonflow.web.statement.Field;
import dev.wonflow.web.statement.Operation;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** HTTP face of a tenant's subscriptions. Translates; decides nothing. */
@RestController
@RequestMapping("/api/subscriptions")
class SubscriptionController {

    private static final int MAX_PRODUCT = 50;
    private static final int MAX_PLAN = 50;
    private static final int MAX_COUPON = 50;
    private static final int MAX_REASON = 200;
    private static final int MAX_QUANTITY = 1_000_000;

    private final Subscriptions subscriptions;
    private final Subscribe subscribe;
    private final ChangeTerms changeTerms;
    private final EndSubscription endSubscription;
    private final SetBillingMethod setBillingMethod;
    private final TransactionOperations transaction;
    private final TenantClocks clocks;

    SubscriptionController(
            Subscriptions subscriptions,
            Subscribe subscribe,
            ChangeTerms changeTerms,
            EndSubscription endSubscription,
            SetBillingMethod setBillingMethod,
            TransactionOperations transaction,
            TenantClocks clocks) {
        this.subscriptions = subscriptions;
        this.subscribe = subscribe;
        this.changeTerms = changeTerms;
        this.endSubscription = endSubscription;
        this.setBillingMethod = setBillingMethod;
        this.transaction = transaction;
        this.clocks = clocks;
    }

    /** Shows the tenant's subscription to the product {@code default}, in short. */
    @AllowedTo("tenant:billing:read")
    @Operation(id = "getSubscription", problems = "subscription.not-found")
    @GetMapping("/current")
    CurrentView current(Caller caller) {
        return CurrentView.of(find(caller, Plan.DEFAULT_PRODUCT), clocks.now(caller.tenant()));
    }

    /** Lists the tenant's subscriptions, in the order of the products' names. */
    @AllowedTo("tenant:billing:read")
    @Operation(id = "listSubscriptions")
    @GetMapping
    SubscriptionList list(Caller caller) {
        Instant now = clocks.now(caller.tenant());
        return new SubscriptionList(subscriptions.ofTenant(caller.tenant()).stream()
                .map(subscription -> SubscriptionView.of(subscription, now))
                .toList());
    }

    /** Shows the tenant's subscription to a product. */
    @AllowedTo("tenant:billing:read")
    @Operation(id = "getSubscriptionToProduct", problems = "subscription.not-found")
    @GetMapping("/{product}")
    SubscriptionView show(@Field(max = MAX_PRODUCT) @PathVariable("product") String product, Caller caller) {
        return SubscriptionView.of(find(caller, product), clocks.now(caller.tenant()));
    }

    /**
     * Subscribes to a plan: with its trial, if it has one and the tenant had no subscription to its product yet, else
     * with a first payment. 202 says that this is being charged; nothing may be used until it is.
     */
    @AllowedTo("tenant:billing")
    @Operation(
            id = "subscribe",
            status = {201, 202},
            body = SubscriptionView.class,
            problems = {
                "subscription.plan-not-on-sale",
                "subscription.exists",
                "subscription.method-missing",
                "subscription.method-unknown",
                "subscription.method-awaited",
                "subscription.quantity",
                "coupon.not-valid"
            })
    @PostMapping
    ResponseEntity<?> subscribe(@RequestBody SubscribeBody body, Caller caller, Once once) {
        Subscribe.Wish wish = InvalidRequest.checked(body, sent -> sent.wish(caller));
        return answered(caller, once, HttpStatus.CREATED, () -> subscribe.subscribe(wish));
    }

    /**
     * Changes plan or seats, now or when the period ends. Now, the rest of the period is charged at the new price less
     * what was paid for it; 202 says that this is being charged, and the change holds when it is paid.
     */
    @AllowedTo("tenant:billing")
    @Operation(
            id = "changeSubscription",
            status = {200, 202},
            body = SubscriptionView.class,
            problems = {
                "subscription.not-found",
                "subscription.not-possible",
                "subscription.payment-outstanding",
                "subscription.method-missing",
                "subscription.another-product",
                "subscription.taxed-otherwise",
                "subscription.quantity",
                "subscription.plan-not-on-sale"
            })
    @PostMapping("/{product}/change")
    ResponseEntity<?> change(
            @Field(max = MAX_PRODUCT) @PathVariable("product") String product,
            @RequestBody ChangeBody body,
            Caller caller,
            Once once) {
        ChangeTerms.Wish wish = InvalidRequest.checked(body, sent -> sent.wish(caller, product));
        boolean now = InvalidRequest.checked(body, sent -> When.of(sent.when()) == When.NOW);
        return answered(caller, once, HttpStatus.OK, () -> now ? changeTerms.now(wish) : changeTerms.atPeriodEnd(wish));
    }

    /** Takes back what was to change when the period ends. */
    @AllowedTo("tenant:billing")
    @Operation(
            id = "undoSubscriptionChange",
            body = SubscriptionView.class,
            problems = {"subscription.not-found", "subscription.payment-outstanding", "subscription.not-possible"})
    @PostMapping("/{product}/change/undo")
    ResponseEntity<?> undoChange(
            @Field(max = MAX_PRODUCT) @PathVariable("product") String product, Caller caller, Once once) {
        return done(caller, once, () -> changeTerms.undo(caller, product));
    }

    /**
     * Ends it, now or when the period ends. What is left of the period when it ends now is lost, or becomes credit, as
     * the plan says; no money goes back by itself.
     */
    @AllowedTo("tenant:billing")
    @Operation(
            id = "cancelSubscription",
            body = SubscriptionView.class,
            problems = {"subscription.not-found", "subscription.not-possible"})
    @PostMapping("/{product}/cancel")
    ResponseEntity<?> cancel(
            @Field(max = MAX_PRODUCT) @PathVariable("product") String product,
            @RequestBody CancelBody body,
            Caller caller,
            Once once) {
        boolean now = InvalidRequest.checked(body, sent -> When.of(sent.when()) == When.NOW);
        String why = text("reason", body, body.reason(), MAX_REASON);
        return done(
                caller,
                once,
                () -> now
                        ? endSubscription.cancelNow(caller, product, why)
                        : endSubscription.cancelAtPeriodEnd(caller, product, why));
    }

    /** Has it go on, if it was to end with the period. */
    @AllowedTo("tenant:billing")
    @Operation(
            id = "undoSubscriptionCancel",
            body = SubscriptionView.class,
            problems = {"subscription.not-found", "subscription.not-possible"})
    @PostMapping("/{product}/cancel/undo")
    ResponseEntity<?> undoCancel(
            @Field(max = MAX_PRODUCT) @PathVariable("product") String product, Caller caller, Once once) {
        return done(caller, once, () -> endSubscription.undoCancel(caller, product));
    }

    /**
     * Begins it again after it ended, on the plan it had, as that is on sale now. 202 says that the first payment is
     * being charged.
     */
    @AllowedTo("tenant:billing")
    @Operation(
            id = "reactivateSubscription",
            status = {200, 202},
            body = SubscriptionView.class,
            problems = {
                "subscription.not-found",
                "subscription.exists",
                "subscription.method-missing",
                "subscription.method-unknown",
                "subscription.method-awaited",
                "subscription.quantity",
                "subscription.plan-not-on-sale"
            })
    @PostMapping("/{product}/reactivate")
    ResponseEntity<?> reactivate(
            @Field(max = MAX_PRODUCT) @PathVariable("product") String product,
            @RequestBody(required = false) @Nullable ReactivateBody sent,
            Caller caller,
            Once once) {
        ReactivateBody body = sent == null ? new ReactivateBody(null, null) : sent;
        String coupon = text("coupon", body, body.coupon(), MAX_COUPON);
        return answered(
                caller,
                once,
                HttpStatus.OK,
                () -> subscribe.reactivate(caller, product, body.billingMethodId(), coupon));
    }

    /** Lets it rest from the end of the period on: nothing is charged, and nothing may be used. */
    @AllowedTo("tenant:billing")
    @Operation(
            id = "pauseSubscription",
            body = SubscriptionView.class,
            problems = {"subscription.not-found", "subscription.not-possible"})
    @PostMapping("/{product}/pause")
    ResponseEntity<?> pause(
            @Field(max = MAX_PRODUCT) @PathVariable("product") String product,
            @RequestBody(required = false) @Nullable PauseBody sent,
            Caller caller,
            Once once) {
        PauseBody body = sent == null ? new PauseBody(null, null) : sent;
        String why = text("reason", body, body.reason(), MAX_REASON);
        Instant until = body.resumeAt() == null ? null : body.resumeAt().truncatedTo(ChronoUnit.MICROS);
        return done(caller, once, () -> endSubscription.pause(caller, product, until, why));
    }

    /**
     * Has it go on. One that rests begins a period with a payment, and 202 says that this is being charged; one that
     * was to rest does not.
     */
    @AllowedTo("tenant:billing")
    @Operation(
            id = "resumeSubscription",
            status = {200, 202},
            body = SubscriptionView.class,
            problems = {
                "subscription.not-found",
                "subscription.not-possible",
                "subscription.method-missing",
                "subscription.method-unknown",
                "subscription.method-awaited",
                "subscription.plan-not-on-sale"
            })
    @PostMapping("/{product}/resume")
    ResponseEntity<?> resume(
            @Field(max = MAX_PRODUCT) @PathVariable("product") String product, Caller caller, Once once) {
        return answered(caller, once, HttpStatus.OK, () -> endSubscription.resume(caller, product));
    }

    /**
     * Says what is charged from now on. One that was paid for by hand is charged from the end of what is paid for; what
     * is outstanding is charged at once.
     */
    @AllowedTo("tenant:billing")
    @Operation(
            id = "setBillingMethodOfSubscription",
            body = SubscriptionView.class,
            problems = {
                "subscription.not-found",
                "subscription.not-possible",
                "subscription.method-unknown",
                "subscription.method-awaited"
            })
    @PostMapping("/{product}/billing-method")
    ResponseEntity<?> setBillingMethod(
            @Field(max = MAX_PRODUCT) @PathVariable("product") String product,
            @RequestBody MethodBody body,
            Caller caller,
            Once once) {
        UUID method = InvalidRequest.checked(
                body, sent -> InvalidRequest.required("billingMethodId", sent.billingMethodId()));
        return done(caller, once, () -> setBillingMethod.set(caller, product, method));
    }

    private ResponseEntity<?> done(Caller caller, Once once, Supplier<Subscription> effect) {
        return answered(caller, once, HttpStatus.OK, effect);
    }

    /** 202 while money is being charged, for a client that reads success would let people in. */
    private ResponseEntity<?> answered(Caller caller, Once once, HttpStatus done, Supplier<Subscription> effect) {
        return once.inTransaction(caller.tenant(), () -> {
            // Joins the one in which a key is kept, if there is a key.
            Subscription after = transaction.execute(_ -> effect.get());
            boolean waits = after.status() == SubscriptionStatus.INCOMPLETE
                    || (after.pending() != null && after.pending().changeId() != null);
            return ResponseEntity.status(waits ? HttpStatus.ACCEPTED : done)
                    .body(SubscriptionView.of(after, clocks.now(after.tenantId())));
        });
    }

    private Subscription find(Caller caller, String product) {
        return subscriptions
                .find(caller.tenant(), product)
                .orElseThrow(() -> new SubscriptionNotFound(caller.tenant(), product));
    }

    record SubscriptionList(List<SubscriptionView> data) {}

    /** When something is to happen. */
    enum When {
        NOW,
        PERIOD_END;

        static When of(@Nullable String text) {
            for (When when : values()) {
                if (when.name().toLowerCase(Locale.ROOT).equals(text)) {
                    return when;
                }
            }
            throw new InvalidRequest("when: missing or another one (expected: now or period_end)");
        }
    }

    /**
     * What is wanted.
     *
     * @param plan id of the plan
     * @param quantity seats; 1 if it is not said
     * @param billingMethodId what is charged; only a trial may begin without
     * @param zone in which days begin and end, by its name in the IANA database; {@code Asia/Seoul} if it is not said
     * @param coupon code of a coupon
     */
    record SubscribeBody(
            @Field(required = true, max = MAX_PLAN, example = "team") @Nullable
            String plan,

            @Field(min = 1, max = MAX_QUANTITY) @Nullable Integer quantity,
            @Nullable UUID billingMethodId,

            @Field(max = 50, example = "Asia/Seoul") @Nullable
            String zone,

            @Field(max = MAX_COUPON, example = "SPRING") @Nullable
            String coupon) {

        Subscribe.Wish wish(Caller caller) {
            return new Subscribe.Wish(
                    caller,
                    Limits.require("plan", InvalidRequest.required("plan", plan), MAX_PLAN),
                    quantityOf(quantity == null ? 1 : quantity),
                    billingMethodId,
                    zone == null ? Subscription.SEOUL : zone(zone),
                    coupon == null ? null : Limits.require("coupon", coupon, MAX_COUPON));
        }

        private static ZoneId zone(String name) {
            try {
                return ZoneId.of(name);
            } catch (DateTimeException _) {
                throw new InvalidRequest("zone: not known (expected: a name of the IANA database, such as Asia/Seoul)");
            }
        }
    }

    private static @Nullable String text(String name, Record body, @Nullable String text, int max) {
        return text == null ? null : InvalidRequest.checked(body, _ -> Limits.require(name, text, max));
    }

    private static int quantityOf(int quantity) {
        return (int) Limits.require("quantity", quantity, 1, MAX_QUANTITY);
    }

    /**
     * Other terms.
     *
     * @param plan id of the plan, as it is on sale now; not there: the same at the same price
     * @param quantity seats; not there: as many
     * @param when now, or when the period ends
     */
    record ChangeBody(
            @Field(max = MAX_PLAN, example = "pro") @Nullable
            String plan,

            @Field(min = 1, max = MAX_QUANTITY) @Nullable Integer quantity,

            @Field(required = true, words = When.class, example = "period_end") @Nullable
            String when) {

        ChangeTerms.Wish wish(Caller caller, String product) {
            if (plan == null && quantity == null) {
                throw new InvalidRequest("plan, quantity: both missing (expected: one or both)");
            }
            return new ChangeTerms.Wish(
                    caller,
                    product,
                    plan == null ? null : Limits.require("plan", plan, MAX_PLAN),
                    quantity == null ? null : quantityOf(quantity));
        }
    }

    /**
     * When it ends.
     *
     * @param when now, or when the period ends
     * @param reason kept in the audit trail
     */
    record CancelBody(
            @Field(required = true, words = When.class, example = "period_end") @Nullable
            String when,

            @Field(max = MAX_REASON, example = "쓰지 않음") @Nullable
            String reason) {}

    /**
     * What is charged.
     *
     * @param billingMethodId not there: what was charged before
     * @param coupon code of a coupon
     */
    record ReactivateBody(
            @Nullable UUID billingMethodId,

            @Field(max = MAX_COUPON, example = "SPRING") @Nullable
            String coupon) {}

    /**
     * How long it rests.
     *
     * @param resumeAt when it goes on by itself, after the period ends; not there: when somebody says so
     * @param reason kept in the audit trail
     */
    record PauseBody(
            @Nullable Instant resumeAt,

            @Field(max = MAX_REASON, example = "휴가") @Nullable
            String reason) {}

    /** What is charged. */
    record MethodBody(@Field(required = true) @Nullable UUID billingMethodId) {}
}
