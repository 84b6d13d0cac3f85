package dev.wonflow.local.sandbox;

import java.util.Optional;

/**
 * What is to happen to what.
 *
 * @param orderId order of a payment to be opened, or to be found; a new one if empty
 * @param paymentKey payment it happens to; found by the order or opened if empty
 * @param amountWon amount of what is opened or charged
 * @param cancelWon what a partial cancel takes back; a third of the balance if empty
 * @param code why a payment is declined
 * @param billingKey key it happens to; a new one is issued if empty
 * @param customerKey who the billing key belongs to
 */
public record Wish(
        Optional<String> orderId,
        Optional<String> paymentKey,
        long amountWon,
        Optional<Long> cancelWon,
        String code,
        Optional<String> billingKey,
        String customerKey) {}
