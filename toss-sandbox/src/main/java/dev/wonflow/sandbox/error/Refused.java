package dev.wonflow.sandbox.error;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A call the sandbox refuses, as Toss would. */
public final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final TossError error;
    private final @Nullable String korean;
    private final @Nullable String english;

    public Refused(TossError error) {
        this(error, null, null);
    }

    private Refused(TossError error, @Nullable String korean, @Nullable String english) {
        // Thrown for every refused call and never logged with a trace: filling one in would only cost time.
        super(error.name(), null, false, false);
        this.error = error;
        this.korean = korean;
        this.english = english;
    }

    /**
     * Refuses with words of a provider behind Toss, such as {@code [S008] …}, instead of those that belong to the code.
     */
    public static Refused inOtherWords(TossError error, String korean, String english) {
        return new Refused(error, korean, english);
    }

    public TossError error() {
        return error;
    }

    /** What the caller is told, in Korean unless English is asked for. */
    public String message(Locale locale) {
        String words = locale.getLanguage().equals(Locale.ENGLISH.getLanguage()) ? english : korean;
        return words == null ? error.message(locale) : words;
    }
}
