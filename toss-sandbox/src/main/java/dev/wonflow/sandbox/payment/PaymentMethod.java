package dev.wonflow.sandbox.payment;

import java.util.Locale;
import java.util.Optional;

/** How a buyer pays. */
public enum PaymentMethod {
    CARD("카드", 100),
    VIRTUAL_ACCOUNT("가상계좌", 200);

    private final String korean;
    private final long smallestWon;

    PaymentMethod(String korean, long smallestWon) {
        this.korean = korean;
        this.smallestWon = smallestWon;
    }

    /** Finds a method by its Korean or its English name; Toss accepts both. */
    public static Optional<PaymentMethod> named(String name) {
        for (PaymentMethod method : values()) {
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

    /** The smallest amount Toss takes by this method, in won. */
    long smallestWon() {
        return smallestWon;
    }
}
