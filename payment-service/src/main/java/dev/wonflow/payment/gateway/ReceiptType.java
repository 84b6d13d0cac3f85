package dev.wonflow.payment.gateway;

import java.util.Arrays;
import java.util.Optional;

/** What a cash receipt is asked for. Stored by name. */
public enum ReceiptType {
    /** A person's income tax; found by phone or receipt card. */
    INCOME_DEDUCTION("소득공제"),
    /** A business's expenses; found by its number. */
    PROOF_OF_EXPENSE("지출증빙");

    private final String word;

    ReceiptType(String word) {
        this.word = word;
    }

    /** Toss's word for it, whatever the language. */
    public String word() {
        return word;
    }

    public static Optional<ReceiptType> named(String word) {
        return Arrays.stream(values()).filter(type -> type.word.equals(word)).findFirst();
    }
}
