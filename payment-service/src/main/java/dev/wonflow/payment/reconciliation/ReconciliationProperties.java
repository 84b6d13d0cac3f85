package dev.wonflow.payment.reconciliation;

import dev.wonflow.money.Money;
import dev.wonflow.payment.gateway.books.SettlementLine;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of reconciliation.
 *
 * @param every time from one comparison of all instances together to the next
 * @param pollInterval pause until an instance sees whether the next one is due
 * @param grace age of the last movement of a payment from which it is compared; younger ones may be in one book and not
 *     yet in the other
 * @param settlements whether Toss settles; without it, with live keys only, as Toss does
 * @param settledAfterDays days after which a sale has to be settled; Toss lists it the day after
 * @param fees what the contract says about fees, by {@code card}, {@code easy-pay}, {@code transfer},
 *     {@code virtual-account} or {@code mobile-phone}; fees of what is left out are not checked
 */
@ConfigurationProperties("wonflow.reconciliation")
record ReconciliationProperties(
        @DefaultValue("1h") Duration every,
        @DefaultValue("1m") Duration pollInterval,
        @DefaultValue("10m") Duration grace,
        @Nullable Boolean settlements,
        @DefaultValue("2") int settledAfterDays,
        @DefaultValue Map<String, Fee> fees)
        implements FeeTerms {

    /** Toss's words, which it may change; a word that is not here has no terms. */
    private static final Map<String, String> METHODS = Map.of(
            "카드", "card",
            "간편결제", "easy-pay",
            "계좌이체", "transfer",
            "가상계좌", "virtual-account",
            "휴대폰", "mobile-phone");

    ReconciliationProperties {
        requirePositive("every", every);
        requirePositive("poll-interval", pollInterval);
        if (grace.isNegative() || grace.compareTo(Duration.ofHours(12)) > 0) {
            throw new IllegalArgumentException("wonflow.reconciliation.grace: " + grace + " (expected: 0 to 12 hours)");
        }
        if (settledAfterDays < 1 || settledAfterDays > 30) {
            throw new IllegalArgumentException(
                    "wonflow.reconciliation.settled-after-days: " + settledAfterDays + " (expected: 1 to 30)");
        }
        fees = Map.copyOf(fees);
        fees.keySet().stream()
                .filter(method -> !METHODS.containsValue(method))
                .findFirst()
                .ifPresent(method -> {
                    throw new IllegalArgumentException("wonflow.reconciliation.fees." + method + " (expected: one of "
                            + METHODS.values().stream().sorted().toList() + ")");
                });
    }

    /**
     * A fee without VAT.
     *
     * @param percent part of the amount, in percent
     * @param won sum for each payment besides
     */
    record Fee(
            @DefaultValue("0") BigDecimal percent,
            @DefaultValue("0") long won) {

        Fee {
            if (percent.signum() < 0 || percent.compareTo(BigDecimal.valueOf(100)) > 0 || won < 0) {
                throw new IllegalArgumentException("wonflow.reconciliation.fees: percent " + percent + ", won " + won
                        + " (expected: percent from 0 to 100, won 0 or more)");
            }
        }

        Money of(Money amount) {
            BigDecimal part = BigDecimal.valueOf(amount.won()).multiply(percent).movePointLeft(2);
            return Money.ofWon(part.setScale(0, RoundingMode.HALF_UP).longValueExact() + won);
        }
    }

    boolean settles(boolean livemode) {
        return settlements != null ? settlements : livemode;
    }

    /** Of interest the terms say nothing, and a sum for each payment is not always given back with its money. */
    @Override
    public Optional<Money> feeOf(SettlementLine line) {
        return Optional.ofNullable(METHODS.get(line.method()))
                .map(fees::get)
                .filter(fee -> line.interest().isZero() && (!line.back() || fee.won() == 0))
                .map(fee -> fee.of(line.amount()));
    }

    private static void requirePositive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException(
                    "wonflow.reconciliation." + name + ": " + value + " (expected: more than 0)");
        }
    }
}
