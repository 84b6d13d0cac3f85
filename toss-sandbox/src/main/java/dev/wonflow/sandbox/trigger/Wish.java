package dev.wonflow.sandbox.trigger;

import dev.wonflow.sandbox.error.TossError;
import dev.wonflow.sandbox.merchant.KeyPair;
import org.jspecify.annotations.Nullable;

/**
 * What is to happen to what.
 *
 * @param keys the merchant, and with which of its keys new payments are opened
 * @param orderId order of a payment to be opened, or to be found; null for a new one
 * @param paymentKey payment it happens to; null to find it by the order, or to open one
 * @param amountMinor amount of what is opened, charged or paid out; of what is opened overseas, in cents
 * @param cancelMinor what a partial cancel takes back; null for a third of what is left
 * @param code why a payment is declined
 * @param billingKey key it happens to; null to issue one
 * @param customerKey who the billing key belongs to
 * @param base address of the sandbox
 */
public record Wish(
        KeyPair keys,
        @Nullable String orderId,
        @Nullable String paymentKey,
        long amountMinor,
        @Nullable Long cancelMinor,
        TossError code,
        @Nullable String billingKey,
        String customerKey,
        String base) {}
