package dev.wonflow.payment.webhook;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a webhook claims.
 *
 * @param shape which of Toss's envelopes it came in
 * @param eventType as Toss names it; the flat envelope has none
 * @param orderId as claimed, of any form
 * @param paymentKey as claimed; the flat envelope has none
 * @param status state of the payment as claimed
 * @param secretPrint of the secret it showed; compared and then forgotten, never stored
 */
public record TossWebhook(
        UUID id,
        Instant receivedAt,
        String shape,
        @Nullable String eventType,
        Grade grade,
        @Nullable String orderId,
        @Nullable String paymentKey,
        @Nullable String status,
        @Nullable String secretPrint) {

    TossWebhook graded(Grade better) {
        return new TossWebhook(id, receivedAt, shape, eventType, better, orderId, paymentKey, status, secretPrint);
    }
}
