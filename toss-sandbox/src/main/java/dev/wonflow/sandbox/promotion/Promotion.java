package dev.wonflow.sandbox.promotion;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a card company or a bank offers buyers. */
public sealed interface Promotion {

    /** With which payments it can be had. */
    PayType payType();

    /** Kinds of payments. */
    enum PayType {
        NORMAL,
        BILLING,
        BRANDPAY
    }

    /**
     * Money off at once (카드 즉시 할인).
     *
     * @param code what a payment has to name to get it
     * @param budgetWon what is left for it; nothing is given when nothing is left
     */
    record CardDiscount(
            PayType payType,
            String issuerCode,
            long discountWon,
            long smallestWon,
            long largestWon,
            String code,
            long budgetWon)
            implements Promotion {}

    /** Instalments without interest (카드 무이자 할부). */
    record CardInterestFree(PayType payType, String issuerCode, long smallestWon, List<Integer> months)
            implements Promotion {

        public CardInterestFree {
            months = List.copyOf(months);
        }
    }

    /** Paying with the points of a card (카드 포인트). */
    record CardPoint(PayType payType, String issuerCode, long smallestWon) implements Promotion {}

    /**
     * Money off for a bank account (계좌 할인), either an amount or a rate.
     *
     * @param discountWon null where a rate is given
     * @param discountRate from 0.01 to 0.3; null where an amount is given
     */
    record BankDiscount(
            PayType payType,
            String bankCode,
            @Nullable Long discountWon,
            @Nullable BigDecimal discountRate,
            long smallestWon,
            long largestWon,
            String code)
            implements Promotion {}
}
