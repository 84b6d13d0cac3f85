package dev.wonflow.subscription;

/**
 * Texts and numbers from outside, within limits. A length is counted in code points, as JSON Schema and PostgreSQL
 * count it: a character beyond the first 65,536, such as an emoji, is one, though Java stores two units of it.
 */
public final class Limits {

    private Limits() {}

    /**
     * Answers the text unchanged.
     *
     * @throws IllegalArgumentException if it is blank, too long, or holds what PostgreSQL cannot
     */
    public static String require(String what, String text, int max) {
        int length = text.codePointCount(0, text.length());
        if (text.isBlank() || length > max || text.codePoints().anyMatch(Limits::isUnfit)) {
            throw new IllegalArgumentException(what + ": " + (text.isBlank() ? "blank" : length + " characters")
                    + " (expected: text of 1 to " + max + " characters)");
        }
        return text;
    }

    /**
     * Answers the number unchanged.
     *
     * @throws IllegalArgumentException if it is beyond a limit
     */
    public static long require(String what, long number, long min, long max) {
        if (number < min || number > max) {
            throw new IllegalArgumentException(what + ": " + number + " (expected: " + min + " to " + max + ")");
        }
        return number;
    }

    private static boolean isUnfit(int codePoint) {
        return codePoint == 0 || Character.getType(codePoint) == Character.SURROGATE;
    }
}
