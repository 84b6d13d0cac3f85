package dev.wonflow.sandbox.billing;

import dev.wonflow.sandbox.clock.SandboxClock;
import dev.wonflow.sandbox.error.Refused;
import dev.wonflow.sandbox.error.TossError;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
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

    /** The shortest and the longest numbers cards have; a bare BIN of six digits is no card. Seen. */
    private static final Pattern NUMBER = Pattern.compile("[0-9]{14,20}");

    private static final Pattern TWO_DIGITS = Pattern.compile("[0-9]{2}");
    private static final Pattern BUSINESS_NUMBER = Pattern.compile("[0-9]{10}");
    private static final Pattern BIRTH_DATE = Pattern.compile("[0-9]{6}");
    private static final DateTimeFormatter BIRTH_DATE_FORMAT =
            DateTimeFormatter.ofPattern("uuMMdd", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);

    private static final int CENTURY = 2000;
    private static final int SHOWN_FIRST = 8;
    private static final int SHOWN_LAST = 4;

    /** How long the card a buyer has in the window is valid, unless the buyer says. */
    private static final int VALID_YEARS = 5;

    /** The card a buyer has in the window unless told otherwise. */
    public static CardDetails ofTheBuyer(Instant now) {
        return ofTheBuyer(TestCard.APPROVED.number(), now);
    }

    /** A card of the given number that is good for years. */
    public static CardDetails ofTheBuyer(String number, Instant now) {
        YearMonth until = YearMonth.from(now.atZone(SandboxClock.SEOUL)).plusYears(VALID_YEARS);
        return new CardDetails(
                number, twoDigits(until.getYear() % 100), twoDigits(until.getMonthValue()), "900101", null);
    }

    /**
     * Looks the card up.
     *
     * @throws Refused if it is no card, has expired, or its number is one that gets no billing key
     */
    BillingCard checked(Instant now) {
        if (!NUMBER.matcher(number).matches()) {
            throw new Refused(TossError.INVALID_CARD_NUMBER);
        }
        Instant expiresAt = expiresAt();
        if (!now.isBefore(expiresAt)) {
            throw new Refused(TossError.INVALID_CARD_EXPIRATION);
        }
        boolean business = BUSINESS_NUMBER.matcher(identityNumber).matches();
        if (!business && !isBirthDate(identityNumber)) {
            throw new Refused(TossError.INVALID_BIRTH_DAY_FORMAT);
        }
        if (password != null && !TWO_DIGITS.matcher(password).matches()) {
            throw new Refused(TossError.INVALID_CARD_PASSWORD);
        }
        TestCard behaviour = TestCard.of(number);
        if (behaviour.atIssue() != null) {
            throw new Refused(behaviour.atIssue());
        }
        boolean known = behaviour != TestCard.UNIDENTIFIED;
        String issuerCode = number.startsWith("9410") ? "21" : "61";
        return new BillingCard(
                issuerCode,
                issuerCode,
                masked(),
                known ? BillingCard.Kind.CREDIT : BillingCard.Kind.UNKNOWN,
                known ? business ? BillingCard.Owner.CORPORATE : BillingCard.Owner.PERSONAL : BillingCard.Owner.UNKNOWN,
                expiresAt,
                behaviour);
    }

    /** The card is good until the end of the month printed on it. */
    private Instant expiresAt() {
        if (!TWO_DIGITS.matcher(expirationYear).matches()
                || !TWO_DIGITS.matcher(expirationMonth).matches()) {
            throw new Refused(TossError.INVALID_CARD_EXPIRATION);
        }
        try {
            return YearMonth.of(CENTURY + Integer.parseInt(expirationYear), Integer.parseInt(expirationMonth))
                    .plusMonths(1)
                    .atDay(1)
                    .atStartOfDay(SandboxClock.SEOUL)
                    .toInstant();
        } catch (DateTimeException _) {
            throw new Refused(TossError.INVALID_CARD_EXPIRATION);
        }
    }

    private static boolean isBirthDate(String text) {
        if (!BIRTH_DATE.matcher(text).matches()) {
            return false;
        }
        try {
            return Objects.nonNull(LocalDate.parse(text, BIRTH_DATE_FORMAT));
        } catch (DateTimeException _) {
            return false;
        }
    }

    /** As Toss masks: {@code 94100012****789*}. */
    private String masked() {
        int lastShown = number.length() - SHOWN_LAST;
        return number.substring(0, SHOWN_FIRST)
                + "*".repeat(lastShown - SHOWN_FIRST)
                + number.substring(lastShown, number.length() - 1)
                + "*";
    }

    private static String twoDigits(int number) {
        return "%02d".formatted(number);
    }

    /** A card number belongs into no log. */
    @Override
    public String toString() {
        return "CardDetails[***]";
    }
}
