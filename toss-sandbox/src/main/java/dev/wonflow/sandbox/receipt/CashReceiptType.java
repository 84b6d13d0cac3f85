package dev.wonflow.sandbox.receipt;

import dev.wonflow.sandbox.language.Words;
import java.util.Locale;
import java.util.Optional;

/** What a cash receipt is for. */
public enum CashReceiptType {
    INCOME_DEDUCTION("소득공제"),
    EXPENDITURE_PROOF("지출증빙");

    private final String korean;

    CashReceiptType(String korean) {
        this.korean = korean;
    }

    /** Finds a type by its Korean or its English name. */
    public static Optional<CashReceiptType> named(String name) {
        for (CashReceiptType type : values()) {
            if (type.korean.equals(name) || type.name().equals(name)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    /** The word in the language of the caller. */
    public String label(Locale locale) {
        return Words.in(locale, korean, name());
    }
}
