package dev.wonflow.sandbox.billing;

import dev.wonflow.sandbox.card.TestCard;
import dev.wonflow.sandbox.clock.SandboxClock;
import dev.wonflow.sandbox.error.Refused;
import java.time.Instant;
import java.time.YearMonth;
import org.jspecify.annotations.Nullable;

/**
 * A card as its owner spells it out.
 *
 * @param expirationYear two digits
 * @param expirationMonth two digits
 * @param identityNumber date of birth as YYMMDD, or the ten digits of a business
 * @param password first two digits, if asked for
 */
public record CardDetails(
        String number,
        String expirationYear,
        String expirationMonth,
        String identityNumber,
        @Nullable String password) {

    private static final int CENTURY = 2000;

    /** How long the card a buyer has in the window is valid, unless the buyer says. */
    private static final int VALID_YEARS = 5;

    /** The card a buyer has in the window unless told otherwise. */
    public static CardDetails ofTheBuyer(Instant now) {
        return ofTheBuyer(BillingTestCard.APPROVED.number(), now);
    }

    /** A card of the given number that is good for years. */
    public static CardDetails ofTheBuyer(String number, Instant now) {
        YearMonth until = month(now).plusYears(VALID_YEARS);
        return new CardDetails(
                number,
                "%02d".formatted(until.getYear() % 100),
                "%02d".formatted(until.getMonthValue()),
                "900101",
                null);
    }

    /**
     * Looks the card up.
     *
     * @param byBin as at {@link TestCard#of}
     * @throws Refused if it is no card, has expired, or its number is one that gets no billing key
     */
    BillingCard checked(Instant now, boolean byBin) {
        TestCard card =
                TestCard.of(number, expirationYear, expirationMonth, identityNumber, password, month(now), byBin);
        BillingTestCard.refusalOf(number).ifPresent(why -> {
            throw new Refused(why);
        });
        return new BillingCard(card.face(), expiresAt(), card.refusal());
    }

    /** The card is good until the end of the month printed on it. */
    private Instant expiresAt() {
        return YearMonth.of(CENTURY + Integer.parseInt(expirationYear), Integer.parseInt(expirationMonth))
                .plusMonths(1)
                .atDay(1)
                .atStartOfDay(SandboxClock.SEOUL)
                .toInstant();
    }

    private static YearMonth month(Instant now) {
        return YearMonth.from(now.atZone(SandboxClock.SEOUL));
    }

    /** A card number belongs into no log. */
    @Override
    public String toString() {
        return "CardDetails[***]";
    }
}
