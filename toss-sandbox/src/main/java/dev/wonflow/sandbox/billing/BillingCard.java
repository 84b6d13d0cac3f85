package dev.wonflow.sandbox.billing;

import dev.wonflow.sandbox.card.CardFace;
import dev.wonflow.sandbox.error.TossError;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A card a billing key charges. Its whole number is kept nowhere.
 *
 * @param expiresAt first moment of the month after the one printed on the card, in Seoul
 * @param refusal what a charge is declined with; null if it goes through
 */
public record BillingCard(
        CardFace face, Instant expiresAt, @Nullable TossError refusal) {

    /** A key is valid until its card expires. Documented. */
    boolean isExpired(Instant now) {
        return !now.isBefore(expiresAt);
    }
}
