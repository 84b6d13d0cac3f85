package dev.wonflow.sandbox.billing;

import dev.wonflow.sandbox.error.TossError;
import org.jspecify.annotations.Nullable;

/**
 * Card numbers that do something of their own, as numbers of real cards do at Toss. The first two were seen at the real
 * test API; the declining ones are the sandbox's own.
 */
public enum TestCard {
    /** Issues and charges. */
    APPROVED("9410001234567890", null, null),
    /** Issues as a card nobody knows the kind of, and cannot be charged. */
    UNIDENTIFIED("4330121234567890", null, TossError.NOT_SUPPORTED_CARD_TYPE),

    NO_BALANCE("9410009900000001", null, TossError.REJECT_CARD_PAYMENT),
    DECLINED("9410009900000002", null, TossError.REJECT_CARD_COMPANY),
    STOPPED("9410009900000003", null, TossError.INVALID_STOPPED_CARD),
    LOST("9410009900000004", null, TossError.INVALID_CARD_LOST_OR_STOLEN),
    REJECTED("9410009900000005", null, TossError.INVALID_REJECT_CARD),
    TOO_MANY_ATTEMPTS("9410009900000006", null, TossError.EXCEED_MAX_AUTH_COUNT),
    COMPANY_SILENT("9410009900000007", null, TossError.FAILED_CARD_COMPANY_RESPONSE),

    NOT_ISSUED_STOPPED("9410008800000001", TossError.INVALID_STOPPED_CARD, null),
    NOT_ISSUED_REJECTED("9410008800000002", TossError.INVALID_REJECT_CARD, null),
    NOT_ISSUED_PASSWORD("9410008800000003", TossError.INVALID_CARD_PASSWORD, null),
    NOT_ISSUED_IDENTITY("9410008800000004", TossError.INVALID_CARD_IDENTITY, null),
    NOT_ISSUED_COMPANY("9410008800000005", TossError.NOT_REGISTERED_CARD_COMPANY, null),
    NOT_ISSUED_DECLINED("9410008800000006", TossError.REJECT_CARD_COMPANY, null),
    NOT_ISSUED_TOO_MANY_ATTEMPTS("9410008800000007", TossError.EXCEED_MAX_AUTH_COUNT, null),
    NOT_ISSUED_TYPE("9410008800000008", TossError.NOT_SUPPORTED_CARD_TYPE, null),
    NOT_ISSUED_FAILURE("9410008800000009", TossError.FAILED_BILL_KEY_AUTH_CREATION, null),

    /** Every other number: issues and charges. */
    ANY("", null, null);

    private final String number;
    private final @Nullable TossError atIssue;
    private final @Nullable TossError atCharge;

    TestCard(String number, @Nullable TossError atIssue, @Nullable TossError atCharge) {
        this.number = number;
        this.atIssue = atIssue;
        this.atCharge = atCharge;
    }

    /** What the number stands for. */
    static TestCard of(String number) {
        for (TestCard card : values()) {
            if (card.number.equals(number)) {
                return card;
            }
        }
        return ANY;
    }

    /** The whole number; empty for {@link #ANY}. */
    public String number() {
        return number;
    }

    /** Why no billing key is issued for it; null if one is. */
    @Nullable
    TossError atIssue() {
        return atIssue;
    }

    /** Why a charge is refused; null if it goes through. */
    public @Nullable TossError atCharge() {
        return atCharge;
    }
}
