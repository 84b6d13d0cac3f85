package dev.wonflow.sandbox.card;

import dev.wonflow.sandbox.language.Words;
import java.util.Locale;

/** Whose card it is. */
public enum OwnerType {
    PERSONAL("개인"),
    CORPORATE("법인"),
    UNKNOWN("미확인");

    private final String korean;

    OwnerType(String korean) {
        this.korean = korean;
    }

    /** The word in the language of the caller. */
    public String label(Locale locale) {
        return Words.in(locale, korean, name());
    }
}
