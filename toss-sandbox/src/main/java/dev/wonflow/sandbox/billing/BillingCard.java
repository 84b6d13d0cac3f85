package dev.wonflow.sandbox.billing;

import java.time.Instant;

/**
 * A card a billing key charges.
 *
 * @param number masked for good: nobody needs more than that, whatever it was
 * @param expiresAt first moment of the month after the one printed on the card, in Seoul
 * @param behaviour what becomes of a charge
 */
public record BillingCard(
        String issuerCode,
        String acquirerCode,
        String number,
        Kind kind,
        Owner owner,
        Instant expiresAt,
        TestCard behaviour) {

    /** 신용, 체크, 기프트 or 미확인. */
    public enum Kind {
        CREDIT,
        CHECK,
        GIFT,
        UNKNOWN
    }

    /** 개인, 법인 or 미확인. */
    public enum Owner {
        PERSONAL,
        CORPORATE,
        UNKNOWN
    }

    /** A key is valid until its card expires. Documented. */
    boolean isExpired(Instant now) {
        return !now.isBefore(expiresAt);
    }
}
