package dev.wonflow.sandbox.billing;

import java.util.Locale;
import java.util.Optional;

/** What a billing key charges. */
public enum BillingMethod {
    CARD("카드"),
    TRANSFER("계좌이체");

    private final String korean;

    BillingMethod(String korean) {
        this.korean = korean;
    }

    /** Finds a method by its Korean or its English name. */
    public static Optional<BillingMethod> named(String name) {
        for (BillingMethod method : values()) {
            if (method.korean.equals(name) || method.name().equals(name)) {
                return Optional.of(method);
            }
        }
        return Optional.empty();
    }

    /** The name in the language of the caller. */
    public String label(Locale locale) {
        return locale.getLanguage().equals(Locale.ENGLISH.getLanguage()) ? name() : korean;
    }
}
