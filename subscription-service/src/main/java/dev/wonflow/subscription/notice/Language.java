package dev.wonflow.subscription.notice;

import java.util.Locale;

/** What mails are written in. */
public enum Language {
    KO(Locale.KOREAN),
    EN(Locale.ENGLISH);

    private final Locale locale;

    Language(Locale locale) {
        this.locale = locale;
    }

    public Locale locale() {
        return locale;
    }

    /** The two letters it is stored and asked for by (ISO 639-1). */
    public String code() {
        return locale.getLanguage();
    }

    /**
     * Reads those two letters.
     *
     * @throws IllegalArgumentException if it is another language
     */
    public static Language of(String code) {
        for (Language language : values()) {
            if (language.code().equals(code)) {
                return language;
            }
        }
        throw new IllegalArgumentException("locale: " + code + " (expected: ko or en)");
    }
}
