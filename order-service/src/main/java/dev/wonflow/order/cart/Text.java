package dev.wonflow.order.cart;

import dev.wonflow.runtime.TenantId;
import org.jspecify.annotations.Nullable;

/** Checks text from outside before it is stored and published. */
public final class Text {

    private Text() {}

    /**
     * Answers the text unchanged.
     *
     * @param max most characters, counted as JSON Schema counts them (code points)
     * @throws InvalidField if it is missing, blank, too long, or holds what neither JSON nor PostgreSQL can carry
     *     unharmed
     */
    public static String require(String field, @Nullable String text, int max) {
        if (text == null) {
            throw new InvalidField(field, "missing", "text of 1 to " + max + " characters");
        }
        if (text.isBlank()) {
            throw new InvalidField(field, "blank", "text of 1 to " + max + " characters");
        }
        int length = text.codePointCount(0, text.length());
        if (length > max) {
            throw new InvalidField(field, length + " characters", "1 to " + max);
        }
        if (text.codePoints().anyMatch(Text::isUnfit)) {
            throw new InvalidField(
                    field, "control characters or half a character", "text of 1 to " + max + " characters");
        }
        return text;
    }

    /**
     * Answers the tenant of this name.
     *
     * @throws InvalidField if it is missing, or no tenant can have it
     */
    public static TenantId requireTenant(String field, @Nullable String text) {
        String expected = "text of 1 to 100 characters, none a control character";
        if (text == null) {
            throw new InvalidField(field, "missing", expected);
        }
        try {
            return new TenantId(text);
        } catch (IllegalArgumentException _) {
            throw new InvalidField(field, "no tenant's name", expected);
        }
    }

    /** The beginning of a foreign text; counted as above, and never half a character. */
    public static String cut(String text, int max) {
        return text.codePointCount(0, text.length()) <= max ? text : text.substring(0, text.offsetByCodePoints(0, max));
    }

    private static boolean isUnfit(int codePoint) {
        return Character.isISOControl(codePoint) || Character.getType(codePoint) == Character.SURROGATE;
    }
}
