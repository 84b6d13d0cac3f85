package dev.wonflow.money;

/**
 * A sum of Korean won that is zero or more.
 *
 * <p>The won has no subunit (ISO 4217 exponent 0), so one unit here is one won and no operation rounds. Toss sends and
 * takes the same whole numbers.
 *
 * @param won how many won; 0 or more
 */
public record Money(long won) implements Comparable<Money> {

    /** ISO 4217 code of every {@code Money}. */
    public static final String CURRENCY = "KRW";

    public static final Money ZERO = new Money(0);

    public Money {
        if (won < 0) {
            throw new IllegalArgumentException("won: " + won + " (expected: 0 or more)");
        }
    }

    public static Money ofWon(long won) {
        return new Money(won);
    }

    /**
     * The same for a sum from outside.
     *
     * @param what its writer's name for it
     * @throws IllegalArgumentException if it is negative; the message calls it by that name
     */
    public static Money ofWon(String what, long won) {
        if (won < 0) {
            throw new IllegalArgumentException(what + ": " + won + " (expected: 0 or more)");
        }
        return new Money(won);
    }

    /**
     * Adds two sums.
     *
     * @throws ArithmeticException if the result exceeds {@link Long#MAX_VALUE}
     */
    public Money plus(Money addend) {
        return new Money(Math.addExact(won, addend.won));
    }

    /**
     * Takes {@code subtrahend} away.
     *
     * @throws IllegalArgumentException if {@code subtrahend} is the larger of the two
     */
    public Money minus(Money subtrahend) {
        // Both are 0 or more, so this cannot overflow; a negative result is refused by the constructor.
        return new Money(won - subtrahend.won);
    }

    /**
     * Price of {@code quantity} pieces.
     *
     * @throws ArithmeticException if the result exceeds {@link Long#MAX_VALUE}
     * @throws IllegalArgumentException if {@code quantity} is negative
     */
    public Money times(int quantity) {
        return new Money(Math.multiplyExact(won, quantity));
    }

    public boolean isZero() {
        return won == 0;
    }

    public boolean isLessThan(Money other) {
        return won < other.won;
    }

    @Override
    public int compareTo(Money other) {
        return Long.compare(won, other.won);
    }

    @Override
    public String toString() {
        return won + " " + CURRENCY;
    }
}
