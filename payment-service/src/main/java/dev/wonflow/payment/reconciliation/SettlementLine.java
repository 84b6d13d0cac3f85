package dev.wonflow.payment.reconciliation;

import dev.wonflow.money.Money;
import dev.wonflow.payment.OrderId;
import java.time.LocalDate;

/**
 * What Toss pays out for one transaction, or keeps back where money went back to the buyer.
 *
 * @param transactionKey of the transaction it settles
 * @param back whether it is about money that went back; all sums are positive all the same
 * @param fee all fees without VAT
 * @param vat on the fees
 * @param payOut what is left of the amount
 * @param soldOn the day the sale counts for, in Seoul
 * @param paidOutOn the day it is paid out
 */
public record SettlementLine(
        String transactionKey,
        OrderId orderId,
        boolean back,
        Money amount,
        Money fee,
        Money vat,
        Money payOut,
        LocalDate soldOn,
        LocalDate paidOutOn) {}
