package dev.wonflow.sandbox.card;

import dev.wonflow.sandbox.error.Refused;
import dev.wonflow.sandbox.error.TossError;
import dev.wonflow.sandbox.institution.CardCompany;
import java.time.DateTimeException;
import java.time.YearMonth;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A card known by its number. Any number that can be one goes through, unless Toss has to know its first digits; a few
 * of the sandbox's own are declined.
 *
 * @param refusal what a charge is declined with; null if it goes through
 */
public record TestCard(CardFace face, @Nullable TossError refusal) {

    private static final Pattern NUMBER = Pattern.compile("[0-9]{14,20}");
    private static final Pattern TWO_DIGITS = Pattern.compile("[0-9]{2}");
    private static final Pattern IDENTITY = Pattern.compile("[0-9]{6}|[0-9]{10}");
    private static final int BUSINESS_NUMBER = 10;

    /** Issuers by the first four digits, as they were seen at Toss. */
    private static final Map<String, CardCompany> BY_BIN = Map.of(
            "9410", CardCompany.HANA,
            "5272", CardCompany.HYUNDAI,
            "5327", CardCompany.TOSSBANK,
            "5365", CardCompany.KAKAOBANK);

    /** First four digits of cards that get a billing key at Toss and are not charged, as they were seen. */
    private static final Set<String> FROM_ABROAD = Set.of("4111", "4330");

    private static final int LENGTH_OF_BIN = 4;

    /** A card nobody knows the kind of: it cannot be charged. Seen. */
    private static final String UNKNOWN_TYPE = "4330121234567890";

    /** The numbers of the sandbox that are no credit cards; a gift card is cash as far as cancels go. */
    private static final Map<String, CardType> TYPES = Map.of(
            UNKNOWN_TYPE, CardType.UNKNOWN, "9410007700000001", CardType.GIFT, "9410007700000002", CardType.CHECK);

    /** The numbers of the sandbox that are declined; billing keys know the same. */
    private static final Map<String, TossError> DECLINED = Map.ofEntries(
            Map.entry(UNKNOWN_TYPE, TossError.NOT_SUPPORTED_CARD_TYPE),
            Map.entry("9410009900000001", TossError.REJECT_CARD_PAYMENT),
            Map.entry("9410009900000002", TossError.REJECT_CARD_COMPANY),
            Map.entry("9410009900000003", TossError.INVALID_STOPPED_CARD),
            Map.entry("9410009900000004", TossError.INVALID_CARD_LOST_OR_STOLEN),
            Map.entry("9410009900000005", TossError.INVALID_REJECT_CARD),
            Map.entry("9410009900000006", TossError.EXCEED_MAX_AUTH_COUNT),
            Map.entry("9410009900000007", TossError.FAILED_CARD_COMPANY_RESPONSE));

    /**
     * Reads a card as a buyer typed it.
     *
     * @param expirationYear two digits
     * @param expirationMonth two digits
     * @param customerIdentityNumber six digits of a birthday, or ten of a business
     * @param password first two digits; null if not asked for
     * @param now month the card must not have expired before
     * @param byBin whether only a number whose first digits Toss was seen to know is a card
     * @throws Refused if it is no card; a number of six digits is none, although the documentation says so
     */
    public static TestCard of(
            String number,
            String expirationYear,
            String expirationMonth,
            String customerIdentityNumber,
            @Nullable String password,
            YearMonth now,
            boolean byBin) {
        if (!NUMBER.matcher(number).matches() || (byBin && !isKnown(number))) {
            throw new Refused(TossError.INVALID_CARD_NUMBER);
        }
        if (expiration(expirationYear, expirationMonth).isBefore(now)) {
            throw new Refused(TossError.INVALID_CARD_EXPIRATION);
        }
        if (!IDENTITY.matcher(customerIdentityNumber).matches()) {
            throw new Refused(TossError.INVALID_BIRTH_DAY_FORMAT);
        }
        if (password != null && !TWO_DIGITS.matcher(password).matches()) {
            throw new Refused(TossError.INVALID_CARD_PASSWORD);
        }
        boolean fromAbroad = byBin && FROM_ABROAD.contains(bin(number));
        CardType type = fromAbroad ? CardType.UNKNOWN : TYPES.getOrDefault(number, CardType.CREDIT);
        boolean known = type != CardType.UNKNOWN;
        boolean business = customerIdentityNumber.length() == BUSINESS_NUMBER;
        CardCompany issuer = BY_BIN.getOrDefault(bin(number), CardCompany.HYUNDAI);
        CardFace face = new CardFace(
                issuer,
                issuer,
                masked(number),
                type,
                known ? business ? OwnerType.CORPORATE : OwnerType.PERSONAL : OwnerType.UNKNOWN);
        return new TestCard(face, fromAbroad ? TossError.NOT_SUPPORTED_CARD_TYPE : DECLINED.get(number));
    }

    private static boolean isKnown(String number) {
        return BY_BIN.containsKey(bin(number)) || FROM_ABROAD.contains(bin(number));
    }

    /** The digits that tell the issuer; Toss goes by six, of which not all were seen. */
    private static String bin(String number) {
        return number.substring(0, LENGTH_OF_BIN);
    }

    /**
     * Lets a charge go through or declines it, as the number says.
     *
     * @throws Refused if the charge is declined
     */
    public void charge() {
        if (refusal != null) {
            throw new Refused(refusal);
        }
    }

    private static YearMonth expiration(String year, String month) {
        if (!TWO_DIGITS.matcher(year).matches() || !TWO_DIGITS.matcher(month).matches()) {
            throw new Refused(TossError.INVALID_CARD_EXPIRATION);
        }
        try {
            return YearMonth.of(2000 + Integer.parseInt(year), Integer.parseInt(month));
        } catch (DateTimeException _) {
            throw new Refused(TossError.INVALID_CARD_EXPIRATION);
        }
    }

    /** Eight digits, stars, and the last four but for the very last, as {@code 94100012****789*}. */
    private static String masked(String number) {
        int lastShown = number.length() - 4;
        return number.substring(0, 8)
                + "*".repeat(lastShown - 8)
                + number.substring(lastShown, number.length() - 1)
                + "*";
    }
}
