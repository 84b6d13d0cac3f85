package dev.wonflow.sandbox.billing;

import dev.wonflow.sandbox.error.TossError;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Card numbers that do something of their own when a billing key is asked for or charged. The first two were seen at
 * the real test API; the others are the sandbox's own. What becomes of a charge is known to all payments by card
 * number.
 */
public enum BillingTestCard {
    /** Issues and charges. */
    APPROVED("9410001234567890", null),
    /** Issues as a card nobody knows the kind of, and cannot be charged. */
    UNIDENTIFIED("4330121234567890", null),

    NO_BALANCE("9410009900000001", null),
    DECLINED("9410009900000002", null),
    STOPPED("9410009900000003", null),
    LOST("9410009900000004", null),
    REJECTED("9410009900000005", null),
    TOO_MANY_ATTEMPTS("9410009900000006", null),
    COMPANY_SILENT("9410009900000007", null),

    NOT_ISSUED_STOPPED("9410008800000001", TossError.INVALID_STOPPED_CARD),
    NOT_ISSUED_REJECTED("9410008800000002", TossError.INVALID_REJECT_CARD),
    NOT_ISSUED_PASSWORD("9410008800000003", TossError.INVALID_CARD_PASSWORD),
    NOT_ISSUED_IDENTITY("9410008800000004", TossError.INVALID_CARD_IDENTITY),
    NOT_ISSUED_COMPANY("9410008800000005", TossError.NOT_REGISTERED_CARD_COMPANY),
    NOT_ISSUED_DECLINED("9410008800000006", TossError.REJECT_CARD_COMPANY),
    NOT_ISSUED_TOO_MANY_ATTEMPTS("9410008800000007", TossError.EXCEED_MAX_AUTH_COUNT),
    NOT_ISSUED_TYPE("9410008800000008", TossError.NOT_SUPPORTED_CARD_TYPE),
    NOT_ISSUED_FAILURE("9410008800000009", TossError.FAILED_BILL_KEY_AUTH_CREATION);

    private final String number;
    private final @Nullable TossError atIssue;

    BillingTestCard(String number, @Nullable TossError atIssue) {
        this.number = number;
        this.atIssue = atIssue;
    }

    /** Why no billing key is issued for a number; empty if one is, as for every number not listed. */
    static Optional<TossError> refusalOf(String number) {
        return Arrays.stream(values())
                .filter(card -> card.number.equals(number))
                .findFirst()
                .map(card -> card.atIssue);
    }

    public String number() {
        return number;
    }
}
