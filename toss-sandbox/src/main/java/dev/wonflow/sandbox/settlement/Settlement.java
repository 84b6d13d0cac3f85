package dev.wonflow.sandbox.settlement;

import dev.wonflow.sandbox.transaction.Transaction;
import java.time.LocalDate;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * What the merchant is paid for one transaction, in won; all of it is negative where money goes back.
 *
 * @param amountWon what was sold, or cancelled
 * @param soldDate the day the sale counts for, in Seoul
 * @param paidOutDate the day it is paid out
 */
public record Settlement(
        Transaction transaction, long amountWon, List<Fee> fees, LocalDate soldDate, LocalDate paidOutDate) {

    /** What a fee is for; Toss has more kinds. */
    public enum FeeType {
        BASE,
        /** Interest of instalments the merchant pays in place of the buyer. */
        INSTALLMENT_DISCOUNT
    }

    /**
     * One fee.
     *
     * @param supplyWon the fee without VAT
     * @param vatWon VAT on the fee
     */
    public record Fee(FeeType type, long supplyWon, long vatWon) {

        /** The fee with VAT. */
        public long won() {
            return supplyWon + vatWon;
        }
    }

    /** All fees with VAT. */
    public long feeWon() {
        return sum(Fee::won);
    }

    /** The part of the fees that is interest, with VAT. */
    public long interestWon() {
        return sum(fee -> fee.type() == FeeType.INSTALLMENT_DISCOUNT ? fee.won() : 0);
    }

    public long supplyWon() {
        return sum(Fee::supplyWon);
    }

    public long vatWon() {
        return sum(Fee::vatWon);
    }

    public long payOutWon() {
        return amountWon - feeWon();
    }

    private long sum(ToLongFunction<Fee> part) {
        return fees.stream().mapToLong(part).sum();
    }
}
