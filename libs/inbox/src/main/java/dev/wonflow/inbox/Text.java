package dev.wonflow.inbox;

/** Text counted and cut by characters, as the database counts them; Java stores some as two halves. */
final class Text {

    private Text() {}

    /** Whether a code point of a text is one half that lost the other. */
    static boolean isHalfACharacter(int codePoint) {
        return Character.getType(codePoint) == Character.SURROGATE;
    }

    /** The beginning of a text, with a mark where it was cut. */
    static String bounded(String text, int characters) {
        return text.codePointCount(0, text.length()) <= characters
                ? text
                : text.substring(0, text.offsetByCodePoints(0, characters)) + "…";
    }
}
