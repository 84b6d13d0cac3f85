package dev.wonflow.sandbox.receipt;

import java.util.Optional;

/** What a cash receipt is good for. */
public enum ReceiptType {
    /** 소득공제: a person's income tax; found by phone or receipt card. */
    INCOME_DEDUCTION("소득공제"),
    /** 지출증빙: a business's expenses; found by its business number. */
    PROOF_OF_EXPENSE("지출증빙");

    private final String korean;

    ReceiptType(String korean) {
        this.korean = korean;
    }

    /** Finds a type by its name in the API, which is Korean whatever the language of the caller. */
    public static Optional<ReceiptType> named(String name) {
        for (ReceiptType type : values()) {
            if (type.korean.equals(name)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    public String label() {
        return korean;
    }
}
