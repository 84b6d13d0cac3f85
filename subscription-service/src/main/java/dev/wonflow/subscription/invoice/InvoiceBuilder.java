package dev.wonflow.subscription.invoice;

import dev.wonflow.money.Money;
import dev.wonflow.subscription.plan.Plan;
import dev.wonflow.subscription.subscription.Period;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an invoice says, as a function of what it is for: the same for one that is issued and for a preview.
 *
 * <p>Parts of a period are worth their part of its price, rounded to the won, half up, or down where it ends now. A
 * discount is taken off before credit. Prices include VAT, an eleventh of what is not free of it, which is rounded half
 * up as a whole; what is free of it is the plan's part of whatever is to be paid.
 */
public final class InvoiceBuilder {

    /** Toss takes no less; what is below is let go rather than carried on. */
    private static final long LEAST_WON = 100;

    private InvoiceBuilder() {}

    /** What an invoice says and comes to. */
    public record Draft(List<InvoiceLine> lines, Amounts amounts, Money periodValue) {}

    /**
     * An invoice for a whole period.
     *
     * @param discount the coupon that holds for it; null: none
     * @param credit what the tenant has
     */
    public static Draft period(Plan plan, int quantity, @Nullable Discount discount, Money credit) {
        Sum sum = new Sum();
        addPrice(sum, plan, quantity);
        sum.discount(discount);
        Money value = sum.rest();
        sum.credit(credit);
        return sum.draft(plan, value.minus(sum.waived));
    }

    /**
     * An invoice for new terms from now on until the running period ends.
     *
     * @param running the period, with what a whole one of the old terms is worth
     * @param oldName name of the old plan
     * @param discount the coupon that holds for the period; null: none
     */
    public static Draft change(
            Period running,
            String oldName,
            Plan plan,
            int quantity,
            Instant now,
            @Nullable Discount discount,
            Money credit) {
        Money value = afterDiscount(plan, quantity, discount);
        Sum sum = new Sum();
        sum.take(LineKind.PRORATION_CREDIT, oldName, part(running.value(), running, now));
        sum.add(LineKind.PRORATION_CHARGE, plan.name(), part(value, running, now));
        sum.credit(credit);
        return sum.draft(plan, worth(value, sum.waived, running, now));
    }

    /**
     * What a whole period is worth of whose rest a part was let go: or who takes many small steps forward, and pays for
     * none of them, would have all of them back as credit with a great one.
     */
    private static Money worth(Money value, Money waived, Period running, Instant now) {
        if (waived.isZero()) {
            return value;
        }
        long less = Math.ceilDiv(Math.multiplyExact(waived.won(), whole(running)), left(running, now));
        return Money.ofWon(Math.max(running.value().won(), value.won() - less));
    }

    /**
     * An invoice for a whole period of new terms that begins now, because it has another length than the running one.
     *
     * @param running the period that ends now, with what a whole one of the old terms is worth
     */
    public static Draft restart(
            Period running,
            String oldName,
            Plan plan,
            int quantity,
            Instant now,
            @Nullable Discount discount,
            Money credit) {
        Sum sum = new Sum();
        addPrice(sum, plan, quantity);
        sum.discount(discount);
        Money value = sum.rest();
        sum.take(LineKind.PRORATION_CREDIT, oldName, unused(running, now));
        sum.credit(credit);
        return sum.draft(plan, value.minus(sum.waived));
    }

    /** An invoice without a line. */
    static Draft nothing() {
        return new Draft(
                List.of(),
                new Amounts(Money.ZERO, Money.ZERO, Money.ZERO, Money.ZERO, Money.ZERO, Money.ZERO),
                Money.ZERO);
    }

    /**
     * An invoice for a period that ends now: nothing to pay, and what is not used of it stays as credit.
     *
     * @param running the period, with what a whole one of the terms is worth
     */
    public static Draft end(Period running, Plan plan, Instant now) {
        Sum sum = new Sum();
        sum.take(LineKind.PRORATION_CREDIT, plan.name(), unused(running, now));
        sum.credit(Money.ZERO);
        return sum.draft(plan, running.value());
    }

    private static Money afterDiscount(Plan plan, int quantity, @Nullable Discount discount) {
        Money price = plan.priceOf(quantity);
        return discount == null ? price : price.minus(discount.of(price));
    }

    private static void addPrice(Sum sum, Plan plan, int quantity) {
        sum.add(LineKind.PLAN, plan.name(), plan.price());
        int seats = plan.seats().beyondIncluded(quantity);
        if (seats > 0 && !plan.seats().price().isZero()) {
            sum.add(LineKind.SEATS, plan.name(), seats, plan.seats().price());
        }
    }

    /** What is left of {@code value} from {@code now} on; more than all of it, if more than a period is paid for. */
    static Money part(Money value, Period period, Instant now) {
        long left = left(period, now);
        return left <= 0 ? Money.ZERO : Money.ofWon(halfUp(value.won(), left, whole(period)));
    }

    /**
     * What is left of a period that ends now, rounded down: or whoever ends one and begins the next every two minutes
     * would pay for none of that time.
     */
    private static Money unused(Period running, Instant now) {
        long left = left(running, now);
        return left <= 0 ? Money.ZERO : Money.ofWon(down(running.value().won(), left, whole(running)));
    }

    private static long whole(Period period) {
        return Duration.between(period.start(), period.end()).toSeconds();
    }

    private static long left(Period period, Instant now) {
        return Duration.between(now, period.end()).toSeconds();
    }

    /** What a sum for some time within {@code period} is for a whole one. */
    static Money ofWhole(Money sum, Period time, Period period) {
        return Money.ofWon(halfUp(sum.won(), whole(period), whole(time)));
    }

    /** {@code won * part / whole}, half up; none of these is negative, and {@code whole} is not zero. */
    private static long halfUp(long won, long part, long whole) {
        // A dear plan with many seats, times the seconds of a long period, is more than a long holds.
        return BigInteger.valueOf(won)
                .multiply(BigInteger.valueOf(2 * part))
                .add(BigInteger.valueOf(whole))
                .divide(BigInteger.valueOf(2 * whole))
                .longValueExact();
    }

    /** {@code won * part / whole}, rounded down. */
    private static long down(long won, long part, long whole) {
        return BigInteger.valueOf(won)
                .multiply(BigInteger.valueOf(part))
                .divide(BigInteger.valueOf(whole))
                .longValueExact();
    }

    /** The part of a sum that is VAT. */
    static Money vat(Money sum) {
        return Money.ofWon(halfUp(sum.won(), 1, 11));
    }

    /** Lines so far, and what they come to. */
    private static final class Sum {

        private final List<InvoiceLine> lines = new ArrayList<>();
        private Money discount = Money.ZERO;
        private Money creditUsed = Money.ZERO;
        private Money creditLeft = Money.ZERO;
        private Money waived = Money.ZERO;
        private long won;

        Money rest() {
            return Money.ofWon(won);
        }

        void add(LineKind kind, String about, Money amount) {
            add(kind, about, 1, amount);
        }

        void add(LineKind kind, String about, int quantity, Money unit) {
            if (!unit.isZero()) {
                line(kind, about, quantity, unit.won());
            }
        }

        void take(LineKind kind, String about, Money amount) {
            if (!amount.isZero()) {
                line(kind, about, 1, -amount.won());
            }
        }

        void discount(@Nullable Discount coupon) {
            if (coupon != null) {
                discount = coupon.of(rest());
                take(LineKind.DISCOUNT, coupon.code(), discount);
            }
        }

        /** Settles what is below zero, uses credit for what is above, and lets a rest go that is too small. */
        void credit(Money credit) {
            if (won < 0) {
                creditLeft = Money.ofWon(-won);
                add(LineKind.CREDIT_LEFT, "credit", creditLeft);
                return;
            }
            creditUsed = Money.ofWon(Math.min(won, credit.won()));
            take(LineKind.CREDIT, "credit", creditUsed);
            if (won < LEAST_WON) {
                waived = Money.ofWon(won);
                take(LineKind.WAIVED, "rest", waived);
            }
        }

        private void line(LineKind kind, String about, int quantity, long unitWon) {
            long amount = Math.multiplyExact(quantity, unitWon);
            lines.add(new InvoiceLine(kind, about, quantity, unitWon, amount));
            won = Math.addExact(won, amount);
        }

        Draft draft(Plan plan, Money periodValue) {
            Money total = Money.ofWon(won);
            Money taxFree = plan.taxFreeOf(total);
            return new Draft(
                    List.copyOf(lines),
                    new Amounts(total, taxFree, vat(total.minus(taxFree)), discount, creditUsed, creditLeft),
                    periodValue);
        }
    }
}
