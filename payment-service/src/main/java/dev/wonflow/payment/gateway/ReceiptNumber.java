package dev.wonflow.payment.gateway;

import java.util.regex.Pattern;

/**
 * Whom a cash receipt is issued to. Cannot be printed, and no error says it.
 *
 * @param digits a phone's, a receipt card's or a business's, without hyphens
 */
public record ReceiptNumber(String digits) {

    /**
     * Issues a receipt to nobody in particular (자진발급), for a buyer who gave no number.
     *
     * @see <a href="https://docs.tosspayments.com/reference#현금영수증-발급-요청">Toss on the number to send then</a>
     */
    public static final ReceiptNumber VOLUNTARY = new ReceiptNumber("0100001234");

    private static final Pattern PERSON = Pattern.compile("[0-9]{10,30}");
    private static final Pattern BUSINESS = Pattern.compile("[0-9]{10}");

    /**
     * Reads what a caller gave, with hyphens or without.
     *
     * @param type what the receipt is good for
     */
    public static ReceiptNumber read(ReceiptType type, String given) {
        String digits = given.replace("-", "");
        Pattern expected = switch (type) {
            case INCOME_DEDUCTION -> PERSON;
            case PROOF_OF_EXPENSE -> BUSINESS;
        };
        if (!expected.matcher(digits).matches()) {
            throw new IllegalArgumentException("customerIdentityNumber: " + given.length() + " characters (expected: "
                    + switch (type) {
                        case INCOME_DEDUCTION -> "10 to 30 digits of a phone or a receipt card";
                        case PROOF_OF_EXPENSE -> "10 digits of a business";
                    }
                    + ")");
        }
        return new ReceiptNumber(digits);
    }

    @Override
    public String toString() {
        return "***";
    }
}
