package dev.wonflow.subscription.plan.web;

import dev.wonflow.access.AllowedTo;
import dev.wonflow.access.Operator;
import dev.wonflow.money.Money;
import dev.wonflow.subscription.Limits;
import dev.wonflow.subscription.plan.BillingInterval;
import dev.wonflow.subscription.plan.ManageCatalogue;
import dev.wonflow.subscription.plan.Plan;
import dev.wonflow.subscription.plan.PlanLimits;
import dev.wonflow.subscription.plan.PlanSource;
import dev.wonflow.subscription.plan.PlanVersion;
import dev.wonflow.subscription.plan.PlanVersions;
import dev.wonflow.subscription.plan.Plans;
import dev.wonflow.subscription.plan.Seats;
import dev.wonflow.subscription.plan.Trial;
import dev.wonflow.subscription.plan.UnusedTime;
import dev.wonflow.web.InvalidRequest;
import dev.wonflow.web.statement.Field;
import dev.wonflow.web.statement.Operation;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Shows what is on sale, and lets operators change it. */
@RestController
class PlanController {

    private static final int MAX_ID = 50;
    private static final int MAX_NAME = 100;
    private static final String PRODUCT = "[a-z0-9][a-z0-9-]{0,49}";
    private static final long MOST_WON = 1_000_000_000;
    private static final int MOST_SEATS = 1_000_000;

    private final Plans plans;
    private final PlanVersions versions;
    private final ManageCatalogue manageCatalogue;

    PlanController(Plans plans, PlanVersions versions, ManageCatalogue manageCatalogue) {
        this.plans = plans;
        this.versions = versions;
        this.manageCatalogue = manageCatalogue;
    }

    /** Lists the plans on sale, product by product, the cheapest first. */
    @AllowedTo("tenant:billing:read")
    @Operation(id = "listPlans")
    @GetMapping("/api/plans")
    PlanList plans() {
        return new PlanList(plans.all().stream().map(PlanView::of).toList());
    }

    /** Lists all that was said about a plan, the newest first. */
    @AllowedTo("operator:catalogue")
    @Operation(id = "listPlanVersions", problems = "plan.not-found")
    @GetMapping("/api/plans/{id}/versions")
    VersionList versions(@Field(max = MAX_ID) @PathVariable("id") String id) {
        List<PlanVersion> said = versions.of(id);
        if (said.isEmpty()) {
            throw new NoPlan(id);
        }
        return new VersionList(said.stream().map(VersionView::of).toList());
    }

    /**
     * Puts a plan on sale, or on sale otherwise, as a new version. Running subscriptions keep the version they have.
     * Nothing happens when the plan is on sale like this already.
     */
    @AllowedTo("operator:catalogue")
    @Operation(id = "offerPlan", problems = "plan.another-product")
    @PutMapping("/api/plans/{id}")
    VersionView offer(
            @Field(max = MAX_ID) @PathVariable("id") String id, @RequestBody PlanBody body, Operator operator) {
        Plan plan = InvalidRequest.checked(body, sent -> sent.plan(id));
        return VersionView.of(manageCatalogue.offer(plan, operator));
    }

    /** Takes a plan off sale. Running subscriptions go on. */
    @AllowedTo("operator:catalogue")
    @Operation(id = "withdrawPlan", problems = "plan.not-found")
    @PostMapping("/api/plans/{id}/withdraw")
    VersionView withdraw(@Field(max = MAX_ID) @PathVariable("id") String id, Operator operator) {
        return manageCatalogue.withdraw(id, operator).map(VersionView::of).orElseThrow(() -> new NoPlan(id));
    }

    record PlanList(List<PlanView> data) {}

    record VersionList(List<VersionView> data) {}

    /**
     * A plan.
     *
     * @param price of one period with the included seats
     * @param product what it is a plan of; a tenant has one subscription to each
     * @param interval length of a period, as ISO 8601 writes it
     * @param trialDays days for nothing before the first period
     * @param trialNeedsMethod whether a trial begins only with a billing method
     * @param seatPrice of one more seat for one period
     * @param maxSeats most seats there may be; not there: any number
     * @param features names of what is switched on
     * @param quotas how much of what, by name
     * @param taxFreeAmount part of the price that is free of VAT, to be told to Toss where the plan is bought in its
     *     window; of seats it is the same part
     * @param unusedTime what becomes of the rest of a period when a subscriber ends it at once
     * @param version of the plan
     */
    record PlanView(
            String id,
            String name,
            @Field(won = true) long price,
            @Field(only = Money.CURRENCY) String currency,
            String product,
            @Field(example = "P1M") String interval,
            int trialDays,
            boolean trialNeedsMethod,
            int includedSeats,
            @Field(won = true) long seatPrice,
            @Nullable Integer maxSeats,
            List<String> features,
            Map<String, Long> quotas,
            @Field(won = true) long taxFreeAmount,
            @Field(words = UnusedTime.class) String unusedTime,
            long version) {

        static PlanView of(Plans.Offer offer) {
            return of(offer.plan(), offer.version());
        }

        static PlanView of(Plan plan, long version) {
            return new PlanView(
                    plan.id(),
                    plan.name(),
                    plan.price().won(),
                    Money.CURRENCY,
                    plan.product(),
                    plan.interval().toString(),
                    plan.trial().days(),
                    plan.trial().needsMethod(),
                    plan.seats().included(),
                    plan.seats().price().won(),
                    plan.seats().most(),
                    plan.limits().features(),
                    plan.limits().quotas(),
                    plan.taxFree().won(),
                    plan.unusedTime().name().toLowerCase(Locale.ROOT),
                    version);
        }
    }

    /**
     * What was said about a plan.
     *
     * @param plan as it is on sale; not there if it was withdrawn
     * @param noticeDays how long before its price changes a subscriber is told
     * @param source who said it
     */
    record VersionView(
            String id,
            long version,
            @Nullable PlanView plan,
            @Nullable Integer noticeDays,
            @Field(words = PlanSource.class) String source,
            Instant saidAt) {

        static VersionView of(PlanVersion version) {
            Plan offer = version.offer();
            return new VersionView(
                    version.planId(),
                    version.version(),
                    offer == null ? null : PlanView.of(offer, version.version()),
                    offer == null ? null : offer.noticeDays(),
                    version.source().name().toLowerCase(Locale.ROOT),
                    version.at());
        }
    }

    /**
     * A plan as it is to be on sale.
     *
     * @param price of one period with the included seats
     * @param product what it is a plan of; {@code default} if it is not said
     * @param interval a number of days, weeks, months or years; a month if it is not said
     * @param trialDays days for nothing before the first period, once for each tenant and product
     * @param trialNeedsMethod whether a trial begins only with a billing method; true if it is not said
     * @param includedSeats seats that the price pays for; 1 if it is not said
     * @param seatPrice of one more seat for one period; nothing if it is not said
     * @param maxSeats most seats there may be; any number if it is not said
     * @param features names of what is switched on; 100 at most
     * @param quotas how much of what, by name; 100 at most
     * @param noticeDays how long before its price changes a subscriber is told; 30 if it is not said
     * @param taxFreeAmount part of the price that is free of VAT, of seats the same part; nothing if it is not said
     * @param unusedTime what becomes of the rest of a period when a subscriber ends it at once: {@code lost}, or
     *     {@code credited} for its next invoices; lost if it is not said
     */
    record PlanBody(
            @Field(required = true, max = MAX_NAME, example = "팀") @Nullable
            String name,

            @Field(required = true, won = true, min = 100, max = MOST_WON, example = "29000") @Nullable
            Long price,

            @Field(pattern = PRODUCT) @Nullable String product,

            @Field(pattern = "P[1-9][0-9]{0,3}[DWMY]", example = "P1M") @Nullable
            String interval,

            @Field(min = 0, max = 730) @Nullable Integer trialDays,
            @Nullable Boolean trialNeedsMethod,
            @Field(min = 1, max = MOST_SEATS) @Nullable Integer includedSeats,

            @Field(won = true, max = MOST_WON) @Nullable Long seatPrice,

            @Field(min = 1, max = MOST_SEATS) @Nullable Integer maxSeats,
            @Nullable List<String> features,
            @Nullable Map<String, Long> quotas,
            @Field(min = 0, max = 365) @Nullable Integer noticeDays,

            @Field(won = true, max = MOST_WON) @Nullable Long taxFreeAmount,

            @Field(words = UnusedTime.class) @Nullable String unusedTime) {

        Plan plan(String id) {
            long won = Limits.require("price", InvalidRequest.required("price", price), 100, MOST_WON);
            return new Plan(
                    id,
                    Limits.require("name", InvalidRequest.required("name", name), MAX_NAME),
                    Money.ofWon(won),
                    product == null ? Plan.DEFAULT_PRODUCT : product(product),
                    interval == null ? BillingInterval.MONTHLY : BillingInterval.parse(interval),
                    new Trial(limited("trialDays", trialDays, 0, 0, 730), trialNeedsMethod == null || trialNeedsMethod),
                    new Seats(
                            limited("includedSeats", includedSeats, 1, 1, MOST_SEATS),
                            seatPrice == null
                                    ? Money.ZERO
                                    : Money.ofWon(Limits.require("seatPrice", seatPrice, 0, MOST_WON)),
                            maxSeats == null ? null : limited("maxSeats", maxSeats, 1, 1, MOST_SEATS)),
                    new PlanLimits(features == null ? List.of() : features, quotas == null ? Map.of() : quotas),
                    limited("noticeDays", noticeDays, Plan.DEFAULT_NOTICE_DAYS, 0, 365),
                    taxFreeAmount == null
                            ? Money.ZERO
                            : Money.ofWon(Limits.require("taxFreeAmount", taxFreeAmount, 0, won)),
                    unusedTime == null ? UnusedTime.LOST : unusedTime(unusedTime));
        }

        private static UnusedTime unusedTime(String word) {
            for (UnusedTime unused : UnusedTime.values()) {
                if (unused.name().toLowerCase(Locale.ROOT).equals(word)) {
                    return unused;
                }
            }
            throw new InvalidRequest("unusedTime: another word (expected: lost or credited)");
        }

        private static String product(String product) {
            if (!product.matches(PRODUCT)) {
                throw new InvalidRequest("product: of another form (expected: " + PRODUCT + ")");
            }
            return product;
        }

        private static int limited(String name, @Nullable Integer number, int otherwise, int min, int max) {
            return (int) Limits.require(name, number == null ? otherwise : number, min, max);
        }
    }

    /** Nothing was ever said of such a plan. */
    static final class NoPlan extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NoPlan(String id) {
            super("plan " + (id.length() > MAX_ID ? id.substring(0, MAX_ID) : id) + ": not known");
        }
    }
}
