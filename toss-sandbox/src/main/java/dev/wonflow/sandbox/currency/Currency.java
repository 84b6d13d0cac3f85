package dev.wonflow.sandbox.currency;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A currency Toss takes. Amounts are whole numbers of its minor unit (ISO 4217): won, yen and cents. */
public enum Currency {
    KRW(0),
    USD(2),
    JPY(0);

    private final int decimals;

    Currency(int decimals) {
        this.decimals = decimals;
    }

    /** Finds a currency by its ISO 4217 code. */
    public static Optional<Currency> of(String code) {
        return Arrays.stream(values())
                .filter(currency -> currency.name().equals(code))
                .findFirst();
    }

    /** How many digits an amount has behind the point. */
    public int decimals() {
        return decimals;
    }

    /**
     * Counts an amount.
     *
     * @throws ArithmeticException if it has a fraction of the minor unit, or is too large to be counted
     */
    public long units(BigDecimal amount) {
        return amount.movePointRight(decimals).longValueExact();
    }

    /** The amount as the JSON of Toss has it: {@code 33000}, {@code 10.5}. */
    public Number number(long units) {
        return decimals == 0 ? Long.valueOf(units) : decimal(units);
    }

    /** The amount in digits: {@code 33000}, {@code 10.5}. */
    public String digits(long units) {
        return number(units).toString();
    }

    /** The amount for people to read: {@code 33,000}, {@code 10.50}. */
    public String shown(long units) {
        return String.format(Locale.ROOT, "%,." + decimals + "f", BigDecimal.valueOf(units, decimals));
    }

    private BigDecimal decimal(long units) {
        BigDecimal shortest = BigDecimal.valueOf(units, decimals).stripTrailingZeros();
        // Stripped of its zeros, a hundred dollars would be written as 1E+2.
        return shortest.scale() < 0 ? shortest.setScale(0) : shortest;
    }
}
