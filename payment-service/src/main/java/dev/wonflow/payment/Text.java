package dev.wonflow.payment;

import org.jspecify.annotations.Nullable;

/**
 * Text from outside. Its length is counted in code points, as JSON Schema and PostgreSQL count it: a character beyond
 * the first 65,536, such as an emoji, is one, though Java stores two units of it.
 */
public final class Text {

    private Text() {}

    /**
     * Answers the text unchanged.
     *
     * @throws IllegalArgumentException if it is blank, too long, or holds what PostgreSQL cannot
     */
    public static String require(String what, String text, int max) {
        if (!isFit(text, max)) {
            String found = text.isBlank()
                    ? "blank"
                    : text.codePointCount(0, text.length()) > max
                            ? text.codePointCount(0, text.length()) + " characters"
                            : "a zero character or half a one";
            throw new IllegalArgumentException(
                    what + ": " + found + " (expected: text of 1 to " + max + " characters)");
        }
        return text;
    }

    /**
     * The same for text that has one line and goes to who takes no control characters.
     *
     * @throws IllegalArgumentException also if it holds one
     */
    public static String requireLine(String what, String text, int max) {
        if (require(what, text, max).codePoints().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    what + ": a control character (expected: text of 1 to " + max + " characters in one line)");
        }
        return text;
    }

    /** Whether {@link #require} would take it. */
    public static boolean isFit(String text, int max) {
        return !text.isBlank()
                && text.codePointCount(0, text.length()) <= max
                && text.codePoints().noneMatch(Text::isUnfit);
    }

    /** The beginning of a text someone else wrote, without what the database cannot hold; never half a character. */
    public static @Nullable String cut(@Nullable String text, int max) {
        return text == null
                ? null
                : text.codePoints()
                        .filter(codePoint -> !isUnfit(codePoint))
                        .limit(max)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
    }

    private static boolean isUnfit(int codePoint) {
        return codePoint == 0 || Character.getType(codePoint) == Character.SURROGATE;
    }
}
