package dev.wonflow.payment.gateway;

import org.jspecify.annotations.Nullable;

/**
 * Where a buyer pays for an order by transfer, as Toss describes it. Cannot be printed.
 *
 * @param bankCode two characters
 * @param number digits, with test keys after an {@code X}
 * @param holderName whose the buyer's bank says it is: the name Toss was given with it
 * @param remittance how far a refund has come; {@code null} if Toss says a word nobody knows
 */
public record GatewayAccount(
        String bankCode,
        String number,
        @Nullable String holderName,
        @Nullable Remittance remittance) {

    @Override
    public String toString() {
        return "***";
    }
}
