package dev.wonflow.sandbox.card;

import dev.wonflow.sandbox.error.Refused;
import dev.wonflow.sandbox.error.TossError;

/** The rules of paying by instalments: from 50,000 won on, over 2 to 12 months. */
public final class Installments {

    /** The smallest amount that can be paid by instalments. */
    public static final long FROM_WON = 50_000;

    private static final int FEWEST_MONTHS = 2;
    /** The longest plan, in months. */
    public static final int MOST_MONTHS = 12;

    private Installments() {}

    /**
     * Refuses a plan no card has.
     *
     * @param months 0 for one payment
     * @throws Refused if the amount cannot be paid over this many months; which code says so is assumed
     */
    public static void check(long amountMinor, int months) {
        if (months == 0) {
            return;
        }
        if (months > MOST_MONTHS) {
            throw new Refused(TossError.EXCEED_MAX_CARD_INSTALLMENT_PLAN);
        }
        if (months < FEWEST_MONTHS || amountMinor < FROM_WON) {
            throw new Refused(TossError.INVALID_CARD_INSTALLMENT_PLAN);
        }
    }
}
