package dev.wonflow.sandbox.payment;

/**
 * The amounts of a payment, in won.
 *
 * @param totalWon what the buyer pays; never changes
 * @param balanceWon what can still be cancelled
 * @param taxFreeWon part of the balance that carries no VAT
 */
public record Amounts(long totalWon, long balanceWon, long taxFreeWon) {

    /** VAT is 10 % on top of the supplied amount, so one eleventh of what is taxed. */
    private static final long VAT_SHARE = 11;

    public Amounts {
        if (taxFreeWon < 0 || taxFreeWon > balanceWon || balanceWon > totalWon) {
            throw new IllegalArgumentException("amounts: total " + totalWon + ", balance " + balanceWon + ", tax free "
                    + taxFreeWon + " (expected: 0 <= tax free <= balance <= total)");
        }
    }

    static Amounts of(long totalWon, long taxFreeWon) {
        return new Amounts(totalWon, totalWon, taxFreeWon);
    }

    /** The VAT in the balance, rounded half up. */
    public long vatWon() {
        long taxedWon = balanceWon - taxFreeWon;
        // Half up in whole numbers: the remainder is rounded up from 5.5 elevenths on, that is from 6.
        return taxedWon / VAT_SHARE + (taxedWon % VAT_SHARE > VAT_SHARE / 2 ? 1 : 0);
    }

    /** What is left of the balance without VAT and without what carries none. */
    public long suppliedWon() {
        return balanceWon - vatWon() - taxFreeWon;
    }
}
