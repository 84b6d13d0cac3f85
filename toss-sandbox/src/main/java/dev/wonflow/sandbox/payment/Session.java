package dev.wonflow.sandbox.payment;

import dev.wonflow.sandbox.merchant.KeyPair;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a payment was opened with. None of it changes afterwards: a confirm must name the same order and amount.
 *
 * @param openedWith keys of the merchant that opened it
 * @param method method the window offers
 * @param customerName name of the buyer, if the merchant gave it
 * @param successUrl where the buyer is sent after authenticating
 * @param failUrl where the buyer is sent otherwise
 * @param checkoutUrl address of the payment window
 */
public record Session(
        String paymentKey,
        KeyPair openedWith,
        String orderId,
        String orderName,
        PaymentMethod method,
        long amountWon,
        long taxFreeWon,
        @Nullable String customerName,
        String successUrl,
        String failUrl,
        String checkoutUrl,
        Instant requestedAt) {}
