package dev.wonflow.subscription.taxinvoice;

import java.util.regex.Pattern;

/**
 * A business registration number (사업자등록번호): ten digits, the last of which checks the others, as {@code 124-81-00998}.
 * That it fits does not say that there is such a business, or that it goes on; the National Tax Service tells that.
 *
 * @param digits without hyphens
 */
public record BusinessNumber(String digits) {

    private static final Pattern FORM = Pattern.compile("[0-9]{3}-?[0-9]{2}-?[0-9]{5}");
    private static final int[] WEIGHTS = {1, 3, 7, 1, 3, 7, 1, 3, 5};

    /**
     * Checks form and check digit.
     *
     * @throws IllegalArgumentException if it is none
     */
    public BusinessNumber {
        if (!FORM.matcher(digits).matches()) {
            throw new IllegalArgumentException(
                    "businessNumber: not ten digits (expected: such as 124-81-00998, with or without hyphens)");
        }
        digits = digits.replace("-", "");
        if (checkDigit(digits) != Character.digit(digits.charAt(9), 10)) {
            throw new IllegalArgumentException("businessNumber: " + digits
                    + " (expected: one whose last digit fits the others; a digit is mistyped)");
        }
    }

    private static int checkDigit(String digits) {
        int sum = 0;
        for (int i = 0; i < WEIGHTS.length; i++) {
            sum += Character.digit(digits.charAt(i), 10) * WEIGHTS[i];
        }
        // The ninth counts a second time with the tens of its product.
        sum += Character.digit(digits.charAt(8), 10) * WEIGHTS[8] / 10;
        return (10 - sum % 10) % 10;
    }

    /** As people write it. */
    @Override
    public String toString() {
        return digits.substring(0, 3) + "-" + digits.substring(3, 5) + "-" + digits.substring(5);
    }
}
