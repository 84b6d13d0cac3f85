package dev.wonflow.sandbox.language;

import java.util.Locale;

/** Picks the word a caller reads. */
public final class Words {

    private Words() {}

    /** Korean, unless English is asked for. */
    public static String in(Locale locale, String korean, String english) {
        return locale.getLanguage().equals(Locale.ENGLISH.getLanguage()) ? english : korean;
    }
}
