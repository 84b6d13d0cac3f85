package dev.wonflow.sandbox.card;

import dev.wonflow.sandbox.language.Words;
import java.util.Locale;

/** What kind of card it is. */
public enum CardType {
    CREDIT("신용"),
    CHECK("체크"),
    GIFT("기프트"),
    UNKNOWN("미확인");

    private final String korean;

    CardType(String korean) {
        this.korean = korean;
    }

    /** The word in the language of the caller. */
    public String label(Locale locale) {
        return Words.in(locale, korean, name());
    }
}
