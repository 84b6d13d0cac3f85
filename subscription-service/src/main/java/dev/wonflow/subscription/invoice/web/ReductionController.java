package dev.wonflow.subscription.invoice.web;

import dev.wonflow.access.AllowedTo;
import dev.wonflow.access.Operator;
import dev.wonflow.money.Money;
import dev.wonflow.runtime.TenantId;
import dev.wonflow.subscription.Limits;
import dev.wonflow.subscription.invoice.Coupon;
import dev.wonflow.subscription.invoice.Coupons;
import dev.wonflow.subscription.invoice.GiveReductions;
import dev.wonflow.subscription.plan.Plan;
import dev.wonflow.web.InvalidRequest;
import dev.wonflow.web.page.Page;
import dev.wonflow.web.statement.Field;
import dev.wonflow.web.statement.Operation;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Lets operators give coupons and credit. */
@RestController
class ReductionController {

    private static final int MAX_CODE = 50;
    private static final int PAGE = 200;
    private static final String PRODUCT = "[a-z0-9][a-z0-9-]{0,49}";
    private static final int MOST_REDEMPTIONS = 1_000_000_000;
    private static final int MAX_TENANT = 100;
    private static final int MAX_REASON = 200;
    private static final long MOST_WON = 1_000_000_000;

    private final Coupons coupons;
    private final GiveReductions giveReductions;

    ReductionController(Coupons coupons, GiveReductions giveReductions) {
        this.coupons = coupons;
        this.giveReductions = giveReductions;
    }

    /**
     * Lists the coupons, in the order of their codes; 200 at a time, {@code cursor} being the {@code next} of before.
     */
    @AllowedTo("operator:catalogue")
    @Operation(id = "listCoupons")
    @GetMapping("/api/coupons")
    Page<CouponView> coupons(
            @Field(max = MAX_CODE) @RequestParam(name = "cursor", required = false) @Nullable String cursor) {
        String after = cursor == null
                ? null
                : InvalidRequest.checked(cursor, sent -> Limits.require("cursor", sent, MAX_CODE));
        List<Coupons.Kept> found = coupons.after(after, PAGE + 1);
        List<Coupons.Kept> shown = found.subList(0, Math.min(PAGE, found.size()));
        return new Page<>(
                shown.stream().map(CouponView::of).toList(),
                found.size() > PAGE ? shown.getLast().coupon().code() : null);
    }

    /** Makes a coupon. It does not change later; the same again does no harm. */
    @AllowedTo("operator:catalogue")
    @Operation(id = "makeCoupon", problems = "coupon.exists")
    @PutMapping("/api/coupons/{code}")
    CouponView make(
            @Field(pattern = "[A-Z0-9][A-Z0-9_-]{0,49}") @PathVariable("code") String code,
            @RequestBody CouponBody body,
            Operator operator) {
        return CouponView.of(giveReductions.make(InvalidRequest.checked(body, sent -> sent.coupon(code)), operator));
    }

    /** Has a coupon not be redeemed any more. Who has redeemed it keeps it. */
    @AllowedTo("operator:catalogue")
    @Operation(id = "withdrawCoupon", problems = "coupon.not-found")
    @PostMapping("/api/coupons/{code}/withdraw")
    CouponView withdraw(@Field(max = MAX_CODE) @PathVariable("code") String code, Operator operator) {
        return giveReductions.withdraw(code, operator).map(CouponView::of).orElseThrow(() -> new NoCoupon(code));
    }

    /** Gives a tenant credit with a product, once for each id, which the caller makes up. */
    @AllowedTo("operator:catalogue")
    @Operation(id = "grantCredit", problems = "credit.exists")
    @PutMapping("/api/tenants/{tenant}/credit/{id}")
    BalanceView grant(
            @Field(max = MAX_TENANT) @PathVariable("tenant") String tenant,
            @Field(format = "uuid") @PathVariable("id") String id,
            @RequestBody CreditBody body,
            Operator operator) {
        String product = InvalidRequest.checked(body, CreditBody::checkedProduct);
        long won = InvalidRequest.checked(body, CreditBody::checkedAmount);
        String reason = InvalidRequest.checked(body, CreditBody::checkedReason);
        TenantId of = InvalidRequest.checked(tenant, TenantId::new);
        UUID entry = InvalidRequest.checked(id, ReductionController::entry);
        return new BalanceView(
                giveReductions.grant(entry, of, product, won, reason, operator).won(), Money.CURRENCY);
    }

    private static UUID entry(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("id: not a UUID (expected: one that the caller makes up)", e);
        }
    }

    /**
     * A coupon.
     *
     * @param percentOff of the price; not there: a fixed sum
     * @param amountOff the sum; not there: a part of the price
     * @param plans plans it is for; empty: all
     * @param periods periods it takes something off; not there: all
     * @param maxRedemptions how often it can be redeemed; not there: any number
     * @param redeemed how often it was
     * @param expiresAt from when it cannot be redeemed
     * @param withdrawnAt since when it cannot be redeemed, because an operator said so
     */
    record CouponView(
            String code,
            String name,
            @Nullable Integer percentOff,
            @Field(won = true) @Nullable Long amountOff,
            List<String> plans,
            @Nullable Integer periods,
            @Nullable Integer maxRedemptions,
            int redeemed,
            @Nullable Instant expiresAt,
            @Nullable Instant withdrawnAt) {

        static CouponView of(Coupons.Kept kept) {
            Coupon coupon = kept.coupon();
            return new CouponView(
                    coupon.code(),
                    coupon.name(),
                    coupon.percent() == 0 ? null : coupon.percent(),
                    coupon.won().isZero() ? null : coupon.won().won(),
                    coupon.plans().stream().sorted().toList(),
                    coupon.periods(),
                    coupon.mostRedemptions(),
                    kept.redeemed(),
                    coupon.expiresAt(),
                    kept.withdrawnAt());
        }
    }

    /**
     * A coupon that is to be.
     *
     * @param percentOff of the price; this or {@code amountOff}
     * @param plans plans it is for; all if it is not said
     * @param periods periods it takes something off; all if it is not said
     * @param maxRedemptions any number if it is not said
     * @param expiresAt from when it cannot be redeemed; never if it is not said
     */
    record CouponBody(
            @Field(required = true, max = 100, example = "Spring sale") @Nullable
            String name,

            @Field(min = 1, max = 100) @Nullable Integer percentOff,

            @Field(won = true, min = 1, max = MOST_WON) @Nullable
            Long amountOff,

            @Nullable List<String> plans,
            @Field(min = 1, max = 1_000) @Nullable Integer periods,

            @Field(min = 1, max = MOST_REDEMPTIONS) @Nullable
            Integer maxRedemptions,

            @Nullable Instant expiresAt) {

        Coupon coupon(String code) {
            String checkedName = Limits.require("name", InvalidRequest.required("name", name), 100);
            long percent = percentOff == null ? 0 : Limits.require("percentOff", percentOff, 1, 100);
            long won = amountOff == null ? 0 : Limits.require("amountOff", amountOff, 1, MOST_WON);
            require("periods", periods, 1_000);
            require("maxRedemptions", maxRedemptions, MOST_REDEMPTIONS);
            return new Coupon(
                    code,
                    checkedName,
                    (int) percent,
                    Money.ofWon(won),
                    plans == null ? Set.of() : new HashSet<>(plans),
                    periods,
                    maxRedemptions,
                    expiresAt == null ? null : expiresAt.truncatedTo(ChronoUnit.MICROS));
        }

        private static void require(String name, @Nullable Integer number, int max) {
            if (number != null) {
                Limits.require(name, number, 1, max);
            }
        }
    }

    /**
     * Credit that is given.
     *
     * @param product {@code default} if it is not said
     * @param reason the tenant reads it
     */
    record CreditBody(
            @Field(pattern = PRODUCT) @Nullable String product,

            @Field(required = true, won = true, min = 1, max = MOST_WON, example = "5000") @Nullable
            Long amount,

            @Field(required = true, max = MAX_REASON, example = "장애 보상") @Nullable
            String reason) {

        String checkedProduct() {
            if (product != null && !product.matches(PRODUCT)) {
                throw new InvalidRequest("product: of another form (expected: " + PRODUCT + ")");
            }
            return product == null ? Plan.DEFAULT_PRODUCT : product;
        }

        long checkedAmount() {
            return Limits.require("amount", InvalidRequest.required("amount", amount), 1, MOST_WON);
        }

        String checkedReason() {
            return Limits.require("reason", InvalidRequest.required("reason", reason), MAX_REASON);
        }
    }

    /**
     * What there is.
     *
     * @param balance the tenant's credit with the product
     */
    record BalanceView(
            @Field(won = true) long balance,
            @Field(only = Money.CURRENCY) String currency) {}

    /** There is no such coupon. */
    static final class NoCoupon extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NoCoupon(String code) {
            super("coupon " + (code.length() > MAX_CODE ? code.substring(0, MAX_CODE) : code) + ": not known");
        }
    }
}
