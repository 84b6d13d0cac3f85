package dev.wonflow.payment.gateway.toss;

import dev.wonflow.payment.gateway.Failure;
import dev.wonflow.payment.gateway.GatewayFinding;
import dev.wonflow.payment.gateway.GatewayOutcome;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An error of Toss. Its code decides what it means, never the HTTP status: {@code PROVIDER_ERROR} is temporary and a
 * 400, declines are 400 and 403, and a 500 proves nothing.
 *
 * @see <a href="https://docs.tosspayments.com/reference/error-codes">Toss error codes</a>
 */
record TossError(String code, @Nullable String message) {

    private static final Pattern CODE = Pattern.compile("[A-Z][A-Z0-9_]{0,99}");

    /** A code of another form than Toss's ends in no event and no table. */
    TossError {
        code = CODE.matcher(code).matches() ? code : "UNLISTED_CODE";
    }

    /** What an error means for an attempt to take money. */
    enum Meaning {
        /** No money moved; the buyer may try another way. */
        DECLINED,
        /** Toss says it knows no such payment. */
        NOT_FOUND,
        /** We asked wrongly. */
        OUR_FAULT,
        /** Nothing certain, including that it has happened already: ask. */
        UNCERTAIN
    }

    /** The closed list. What is not on it is uncertain. */
    static Meaning meaningForConfirm(String code) {
        return switch (code) {
            case "EXCEED_MAX_CARD_INSTALLMENT_PLAN",
                    "NOT_SUPPORTED_INSTALLMENT_PLAN_CARD_OR_MERCHANT",
                    "INVALID_CARD_INSTALLMENT_PLAN",
                    "NOT_SUPPORTED_MONTHLY_INSTALLMENT_PLAN",
                    "NOT_ALLOWED_POINT_USE",
                    "INVALID_REJECT_CARD",
                    "INVALID_CARD_EXPIRATION",
                    "INVALID_STOPPED_CARD",
                    "INVALID_CARD_LOST_OR_STOLEN",
                    "INVALID_CARD_NUMBER",
                    "EXCEED_MAX_DAILY_PAYMENT_COUNT",
                    "EXCEED_MAX_PAYMENT_AMOUNT",
                    "EXCEED_MAX_MONTHLY_PAYMENT_AMOUNT",
                    "EXCEED_MAX_AMOUNT",
                    "EXCEED_MAX_ONE_DAY_WITHDRAW_AMOUNT",
                    "EXCEED_MAX_ONE_TIME_WITHDRAW_AMOUNT",
                    "EXCEEDS_TRANSFER_AMOUNT_MAXIMUM",
                    "RESTRICTED_TRANSFER_ACCOUNT",
                    "INVALID_ACCOUNT_INFO_RE_REGISTER",
                    "NOT_AVAILABLE_PAYMENT",
                    "REJECT_CARD_PAYMENT",
                    "REJECT_CARD_COMPANY",
                    "REJECT_ACCOUNT_PAYMENT",
                    "REJECT_TOSSPAY_INVALID_ACCOUNT",
                    "EXCEED_MAX_AUTH_COUNT",
                    "EXCEED_MAX_ONE_DAY_AMOUNT",
                    "NOT_AVAILABLE_BANK",
                    "INVALID_PASSWORD",
                    "FDS_ERROR",
                    "NOT_FOUND_PAYMENT_SESSION" -> Meaning.DECLINED;
            // An account takes 200 won at least, a card 100. Toss cannot have taken less; a card may still work.
            case "BELOW_MINIMUM_AMOUNT" -> Meaning.DECLINED;
            case "INVALID_REQUEST",
                    "INVALID_API_KEY",
                    "INVALID_AUTHORIZE_AUTH",
                    "NOT_FOUND_TERMINAL_ID",
                    "INVALID_UNREGISTERED_SUBMALL",
                    "NOT_REGISTERED_BUSINESS",
                    "UNAPPROVED_ORDER_ID",
                    "UNAUTHORIZED_KEY",
                    "FORBIDDEN_REQUEST",
                    "INCORRECT_BASIC_AUTH_FORMAT",
                    "INVALID_IDEMPOTENCY_KEY" -> Meaning.OUR_FAULT;
            case "NOT_FOUND_PAYMENT" -> Meaning.NOT_FOUND;
            case "ALREADY_PROCESSED_PAYMENT",
                    "PROVIDER_ERROR",
                    "CARD_PROCESSING_ERROR",
                    "FAILED_PAYMENT_INTERNAL_SYSTEM_PROCESSING",
                    "FAILED_INTERNAL_SYSTEM_PROCESSING",
                    "UNKNOWN_PAYMENT_ERROR",
                    "IDEMPOTENT_REQUEST_PROCESSING" -> Meaning.UNCERTAIN;
            default -> Meaning.UNCERTAIN;
        };
    }

    GatewayOutcome confirmOutcome() {
        return switch (meaningForConfirm(code)) {
            case DECLINED -> new GatewayOutcome.Declined(new Failure(code, message));
            case NOT_FOUND -> new GatewayOutcome.NotFound(new Failure(code, message));
            case OUR_FAULT -> new GatewayOutcome.OurFault(code);
            case UNCERTAIN -> new GatewayOutcome.Unknown(code);
        };
    }

    /** Whether an earlier call under the same idempotency key has not been answered yet. */
    boolean isStillRunning() {
        return code.equals("IDEMPOTENT_REQUEST_PROCESSING");
    }

    GatewayFinding finding() {
        return switch (code) {
            case "NOT_FOUND_PAYMENT" -> new GatewayFinding.Absent(code);
            case "UNAUTHORIZED_KEY", "INVALID_API_KEY", "INCORRECT_BASIC_AUTH_FORMAT", "INVALID_REQUEST" ->
                new GatewayFinding.OurFault(code);
            default -> new GatewayFinding.Unclear(code);
        };
    }
}
