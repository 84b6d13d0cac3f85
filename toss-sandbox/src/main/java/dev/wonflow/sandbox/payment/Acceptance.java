package dev.wonflow.sandbox.payment;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a successful confirm adds to a payment.
 *
 * @param approvedAt when money moved; null while a virtual account waits for its deposit
 * @param transactionKey key of the latest transaction
 * @param secret what a webhook about this payment repeats
 */
public record Acceptance(
        @Nullable Instant approvedAt,
        String transactionKey,
        @Nullable String secret,
        Instrument instrument) {}
