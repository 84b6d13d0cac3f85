package dev.wonflow.sandbox.promotion;

import dev.wonflow.sandbox.clock.SandboxClock;
import dev.wonflow.sandbox.promotion.Promotion.BankDiscount;
import dev.wonflow.sandbox.promotion.Promotion.CardDiscount;
import dev.wonflow.sandbox.promotion.Promotion.CardInterestFree;
import dev.wonflow.sandbox.promotion.Promotion.CardPoint;
import dev.wonflow.sandbox.promotion.Promotion.PayType;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.List;
import org.springframework.stereotype.Component;

/** All promotions there are: one or two of each kind, among them one whose budget is used up. */
@Component
public class Promotions {

    private static final MonthDay LAST_DAY_OF_THE_YEAR = MonthDay.of(12, 31);

    private static final List<Promotion> ALL = List.of(
            new CardDiscount(PayType.NORMAL, "61", 1_000, 30_000, 1_000_000, "61HYUNDAI1000", 5_000_000),
            new CardDiscount(PayType.NORMAL, "51", 3_000, 50_000, 500_000, "51SAMSUNG3000", 0),
            new CardInterestFree(PayType.NORMAL, "11", 50_000, List.of(2, 3)),
            new CardInterestFree(PayType.NORMAL, "41", 50_000, List.of(2, 3, 4, 5, 6)),
            new CardPoint(PayType.NORMAL, "91", 5_000),
            new BankDiscount(PayType.BRANDPAY, "92", 500L, null, 10_000, 300_000, "92TOSSBANK500"),
            new BankDiscount(PayType.BRANDPAY, "88", null, new BigDecimal("0.05"), 10_000, 300_000, "88SHINHAN5"));

    private final Clock clock;

    Promotions(Clock clock) {
        this.clock = clock;
    }

    public List<Promotion> all() {
        return ALL;
    }

    /**
     * What a card company takes off at once for who names its code, in won; 0 if the code is of another company, the
     * amount does not fit, or the budget is spent.
     */
    public long discountOf(String code, String issuerCode, long amountWon) {
        return ALL.stream()
                .filter(promotion -> promotion instanceof CardDiscount discount
                        && discount.code().equals(code)
                        && discount.issuerCode().equals(issuerCode)
                        && amountWon >= discount.smallestWon()
                        && amountWon <= discount.largestWon()
                        && discount.budgetWon() >= discount.discountWon())
                .mapToLong(promotion -> ((CardDiscount) promotion).discountWon())
                .findFirst()
                .orElse(0);
    }

    /** Whether a card company pays the interest of instalments. */
    public boolean payInterestOf(String issuerCode, int months, long amountWon) {
        return ALL.stream()
                .anyMatch(promotion -> promotion instanceof CardInterestFree free
                        && free.issuerCode().equals(issuerCode)
                        && free.months().contains(months)
                        && amountWon >= free.smallestWon());
    }

    /** The last day of all of them: the end of this year in Seoul. */
    public LocalDate dueDate() {
        return LAST_DAY_OF_THE_YEAR.atYear(
                clock.instant().atZone(SandboxClock.SEOUL).getYear());
    }
}
