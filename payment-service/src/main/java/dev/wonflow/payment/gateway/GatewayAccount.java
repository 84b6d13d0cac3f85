package dev.wonflow.payment.gateway;

import org.jspecify.annotations.Nullable;

/**
 * Where a buyer pays for an order by transfer, as Toss describes it.
 *
 * @param bankCode two characters
 * @param number digits, with test keys after an {@code X}
 * @param holderName whose the buyer's bank says it is
 */
public record GatewayAccount(
        String bankCode, String number, @Nullable String holderName) {}
