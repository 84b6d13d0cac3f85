package dev.wonflow.sandbox.settlement;

import dev.wonflow.sandbox.transaction.Transaction;
import java.time.LocalDate;

/**
 * What the merchant is paid for one transaction, in won; all of it is negative where money goes back.
 *
 * @param amountWon what was sold, or cancelled
 * @param supplyWon the fee without VAT
 * @param vatWon VAT on the fee
 * @param soldDate the day the sale counts for, in Seoul
 * @param paidOutDate the day it is paid out
 */
public record Settlement(
        Transaction transaction,
        long amountWon,
        long supplyWon,
        long vatWon,
        LocalDate soldDate,
        LocalDate paidOutDate) {

    /** The fee with VAT. */
    public long feeWon() {
        return supplyWon + vatWon;
    }

    public long payOutWon() {
        return amountWon - feeWon();
    }
}
