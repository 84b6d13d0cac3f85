package dev.wonflow.sandbox.receipt;

import java.util.Locale;
import java.util.Optional;

/**
 * Why the tax office (국세청) refuses a receipt. Toss reports each as {@code NTS_ERROR} with the reason in brackets at the
 * beginning of the message; the codes are documented, the rest of the words is the sandbox's own.
 */
public enum NtsFailure {
    TS1,
    TS2,
    TS3,
    TS4,
    TS5,
    TS6,
    TS7,
    TS8,
    TSC,
    TSO,
    XXX;

    /** Phone numbers the tax office refuses; the last digit is that of TS1 to TS8. */
    private static final String REFUSED_NUMBERS = "0109999000";

    public static Optional<NtsFailure> named(String name) {
        for (NtsFailure failure : values()) {
            if (failure.name().equals(name)) {
                return Optional.of(failure);
            }
        }
        return Optional.empty();
    }

    /** What the tax office will say about this customer; empty if it agrees. */
    static Optional<NtsFailure> of(String customerIdentityNumber) {
        return customerIdentityNumber.length() == REFUSED_NUMBERS.length() + 1
                        && customerIdentityNumber.startsWith(REFUSED_NUMBERS)
                ? named("TS" + customerIdentityNumber.substring(REFUSED_NUMBERS.length()))
                : Optional.empty();
    }

    /** The message, in Korean unless English is asked for. */
    public String message(Locale locale) {
        return "[" + name() + "] "
                + (locale.getLanguage().equals(Locale.ENGLISH.getLanguage())
                        ? "The tax office refused the cash receipt."
                        : "국세청에서 현금영수증 발급이 거절되었습니다.");
    }
}
