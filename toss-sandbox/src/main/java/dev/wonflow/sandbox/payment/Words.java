package dev.wonflow.sandbox.payment;

import java.util.Locale;

/** Picks the word a caller reads. */
final class Words {

    private Words() {}

    /** Korean, unless English is asked for. */
    static String in(Locale locale, String korean, String english) {
        return locale.getLanguage().equals(Locale.ENGLISH.getLanguage()) ? english : korean;
    }
}
