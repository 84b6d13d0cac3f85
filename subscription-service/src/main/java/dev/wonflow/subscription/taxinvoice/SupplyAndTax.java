package dev.wonflow.subscription.taxinvoice;

import dev.wonflow.money.Money;

/**
 * A sum with VAT, taken apart: supply value (공급가액) and VAT (세액) of what is taxed, and what is free of tax (면세). VAT is
 * an eleventh of what is taxed, rounded half up to the won, as Toss has it.
 *
 * @param supply without VAT
 */
public record SupplyAndTax(Money supply, Money vat, Money taxFree) {

    private static final long TAXED_PARTS = 11;

    /**
     * Takes a sum apart.
     *
     * @throws IllegalArgumentException if more is free of tax than there is
     */
    public static SupplyAndTax of(Money total, Money taxFree) {
        if (total.isLessThan(taxFree)) {
            throw new IllegalArgumentException("tax free: " + taxFree + " (expected: " + total + " or less)");
        }
        Money taxed = total.minus(taxFree);
        Money vat = Money.ofWon((taxed.won() + TAXED_PARTS / 2) / TAXED_PARTS);
        return new SupplyAndTax(taxed.minus(vat), vat, taxFree);
    }

    /**
     * What a part that goes back takes away, so that what is left is again split as a whole: the sum of original and
     * amended invoices is right to the won, whatever the parts.
     *
     * @param before what had not gone back yet; VAT-inclusive
     * @param part of it that goes back
     * @param taxFree what was free of tax of the whole sum; it goes back last
     */
    public static SupplyAndTax takenAway(Money before, Money part, Money taxFree) {
        SupplyAndTax whole = ofLeft(before, taxFree);
        SupplyAndTax left = ofLeft(before.minus(part), taxFree);
        return new SupplyAndTax(
                whole.supply().minus(left.supply()),
                whole.vat().minus(left.vat()),
                whole.taxFree().minus(left.taxFree()));
    }

    private static SupplyAndTax ofLeft(Money left, Money taxFree) {
        return of(left, left.isLessThan(taxFree) ? left : taxFree);
    }
}
