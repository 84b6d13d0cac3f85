package dev.wonflow.sandbox.payment;

/**
 * The amounts of a payment, in won; those of one by overseas easy pay in the smallest unit of its currency.
 *
 * @param totalWon what the buyer pays; never changes
 * @param balanceWon what can still be cancelled
 * @param taxFreeWon part of the balance that carries no VAT
 * @param taxExemptionWon part of the balance that is no price at all, such as the deposit on a cup
 */
public record Amounts(long totalWon, long balanceWon, long taxFreeWon, long taxExemptionWon) {

    /** VAT is 10 % on top of the supplied amount, so one eleventh of what is taxed. */
    private static final long VAT_SHARE = 11;

    public Amounts {
        if (taxFreeWon < 0
                || taxExemptionWon < 0
                || taxFreeWon > balanceWon - taxExemptionWon
                || balanceWon > totalWon) {
            throw new IllegalArgumentException("amounts: total " + totalWon + ", balance " + balanceWon + ", tax free "
                    + taxFreeWon + ", tax exemption " + taxExemptionWon
                    + " (expected: 0 <= tax free + tax exemption <= balance <= total)");
        }
    }

    static Amounts of(long totalWon, long taxFreeWon, long taxExemptionWon) {
        return new Amounts(totalWon, totalWon, taxFreeWon, taxExemptionWon);
    }

    /**
     * The amounts after a cancel. What a cancel leaves of the balance can be less than what was untaxed and not named
     * in it; then all that is left is untaxed.
     */
    Amounts without(long amountWon, long taxFreePartWon, long taxExemptionPartWon) {
        long left = balanceWon - amountWon;
        long exemptionLeft = Math.min(taxExemptionWon - taxExemptionPartWon, left);
        long taxFreeLeft = Math.min(taxFreeWon - taxFreePartWon, left - exemptionLeft);
        return new Amounts(totalWon, left, taxFreeLeft, exemptionLeft);
    }

    /** The amounts after a cancel that came to nothing. */
    Amounts with(Cancel aborted) {
        return new Amounts(
                totalWon,
                balanceWon + aborted.amountWon(),
                taxFreeWon + aborted.taxFreeWon(),
                taxExemptionWon + aborted.taxExemptionWon());
    }

    /** The VAT in the balance, rounded half up. */
    public long vatWon() {
        long taxedWon = balanceWon - taxFreeWon - taxExemptionWon;
        // Half up in whole numbers: the remainder is rounded up from 5.5 elevenths on, that is from 6.
        return taxedWon / VAT_SHARE + (taxedWon % VAT_SHARE > VAT_SHARE / 2 ? 1 : 0);
    }

    /** What is left of the balance without VAT and without what carries none. */
    public long suppliedWon() {
        return balanceWon - vatWon() - taxFreeWon - taxExemptionWon;
    }
}
