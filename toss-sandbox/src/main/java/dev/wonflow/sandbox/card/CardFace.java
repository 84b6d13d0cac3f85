package dev.wonflow.sandbox.card;

import dev.wonflow.sandbox.institution.CardCompany;

/**
 * A card as Toss shows it.
 *
 * @param number masked, at most 20 characters
 */
public record CardFace(CardCompany issuer, CardCompany acquirer, String number, CardType type, OwnerType owner) {

    /** The card of a buyer who did not say which: a credit card of Hyundai. */
    public static final CardFace USUAL = of(CardCompany.HYUNDAI);

    /** A credit card of a person, issued by the company; its number is invented. */
    public static CardFace of(CardCompany issuer) {
        return new CardFace(issuer, issuer, "52720012****345*", CardType.CREDIT, OwnerType.PERSONAL);
    }
}
