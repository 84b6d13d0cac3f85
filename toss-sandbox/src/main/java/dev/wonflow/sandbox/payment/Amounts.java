package dev.wonflow.sandbox.payment;

/**
 * The amounts of a payment, in won; those of one by overseas easy pay in the minor unit of its currency.
 *
 * @param totalMinor what the buyer pays; never changes
 * @param balanceMinor what can still be cancelled
 * @param taxFreeMinor part of the balance that carries no VAT
 * @param taxExemptionMinor part of the balance that is no price at all, such as the deposit on a cup
 */
public record Amounts(long totalMinor, long balanceMinor, long taxFreeMinor, long taxExemptionMinor) {

    /** VAT is 10 % on top of the supplied amount, so one eleventh of what is taxed. */
    private static final long VAT_SHARE = 11;

    public Amounts {
        if (taxFreeMinor < 0
                || taxExemptionMinor < 0
                || taxFreeMinor > balanceMinor - taxExemptionMinor
                || balanceMinor > totalMinor) {
            throw new IllegalArgumentException(
                    "amounts: total " + totalMinor + ", balance " + balanceMinor + ", tax free "
                            + taxFreeMinor + ", tax exemption " + taxExemptionMinor
                            + " (expected: 0 <= tax free + tax exemption <= balance <= total)");
        }
    }

    static Amounts of(long totalMinor, long taxFreeMinor, long taxExemptionMinor) {
        return new Amounts(totalMinor, totalMinor, taxFreeMinor, taxExemptionMinor);
    }

    /**
     * The amounts after a cancel. What a cancel leaves of the balance can be less than what was untaxed and not named
     * in it; then all that is left is untaxed.
     */
    public Amounts without(long amountMinor, long taxFreePartMinor, long taxExemptionPartMinor) {
        long left = balanceMinor - amountMinor;
        long exemptionLeft = Math.min(taxExemptionMinor - taxExemptionPartMinor, left);
        long taxFreeLeft = Math.min(taxFreeMinor - taxFreePartMinor, left - exemptionLeft);
        return new Amounts(totalMinor, left, taxFreeLeft, exemptionLeft);
    }

    /** The amounts after a cancel that came to nothing. */
    Amounts with(Cancel aborted) {
        return new Amounts(
                totalMinor,
                balanceMinor + aborted.amountMinor(),
                taxFreeMinor + aborted.taxFreeMinor(),
                taxExemptionMinor + aborted.taxExemptionMinor());
    }

    /** The VAT in the balance, rounded half up. */
    public long vatMinor() {
        long taxedMinor = balanceMinor - taxFreeMinor - taxExemptionMinor;
        // Half up in whole numbers: the remainder is rounded up from 5.5 elevenths on, that is from 6.
        return taxedMinor / VAT_SHARE + (taxedMinor % VAT_SHARE > VAT_SHARE / 2 ? 1 : 0);
    }

    /** What is left of the balance without VAT and without what carries none. */
    public long suppliedMinor() {
        return balanceMinor - vatMinor() - taxFreeMinor - taxExemptionMinor;
    }
}
