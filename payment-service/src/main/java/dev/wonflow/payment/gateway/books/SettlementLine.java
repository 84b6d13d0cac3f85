package dev.wonflow.payment.gateway.books;

import dev.wonflow.money.Money;
import dev.wonflow.payment.OrderId;
import java.time.LocalDate;

/**
 * What Toss pays out for one transaction, or keeps back where money went back to the buyer.
 *
 * @param transactionKey of the transaction it settles
 * @param method Toss's word for what was paid with
 * @param back whether it is about money that went back; all sums but the payout are positive all the same
 * @param fee all fees without VAT
 * @param interest part of the fees that the merchant pays in place of the buyer
 * @param vat on the fees
 * @param payOutWon what is left of the amount; below 0 if the fees are more than that
 * @param soldOn the day the sale counts for, in Seoul
 * @param paidOutOn the day it is paid out
 */
public record SettlementLine(
        String transactionKey,
        OrderId orderId,
        String method,
        boolean back,
        Money amount,
        Money fee,
        Money interest,
        Money vat,
        long payOutWon,
        LocalDate soldOn,
        LocalDate paidOutOn) {}
