package dev.wonflow.payment.gateway.toss;

import dev.wonflow.payment.gateway.ChargeOutcome;
import dev.wonflow.payment.gateway.Operation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The closed list of Toss's error codes, for each operation. What is not on it is unknown, whatever it sounds like.
 *
 * @see <a href="https://docs.tosspayments.com/reference/error-codes">Toss error codes</a>
 */
final class TossCodes {

    /** What a code says about the call it answers. */
    enum Meaning {
        /** Certain: no money moved for this call, and none will. */
        DECLINED,
        /** We asked wrongly: key, contract or request. Someone has to act. */
        OUR_FAULT,
        /** Toss or a bank is not able to at the moment; most likely nothing happened. */
        TEMPORARY,
        /** What is asked for has happened, or something else that stands in its way: look, and take over what is so. */
        HAPPENED,
        /** Toss says it knows no such payment. */
        NOT_FOUND,
        /** Nothing certain. */
        UNKNOWN
    }

    private static final Map<String, Meaning> CONFIRM = codes(Map.of(
            Meaning.DECLINED,
            List.of(
                    "EXCEED_MAX_CARD_INSTALLMENT_PLAN",
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
                    "NOT_FOUND_PAYMENT_SESSION",
                    // An account takes 200 won at least, a card 100. Toss cannot have taken less; a card may still
                    // work.
                    "BELOW_MINIMUM_AMOUNT"),
            Meaning.OUR_FAULT,
            List.of(
                    "INVALID_REQUEST",
                    "INVALID_API_KEY",
                    "INVALID_AUTHORIZE_AUTH",
                    "NOT_FOUND_TERMINAL_ID",
                    "INVALID_UNREGISTERED_SUBMALL",
                    "NOT_REGISTERED_BUSINESS",
                    "UNAPPROVED_ORDER_ID",
                    "UNAUTHORIZED_KEY",
                    "FORBIDDEN_REQUEST",
                    "INCORRECT_BASIC_AUTH_FORMAT",
                    "INVALID_IDEMPOTENCY_KEY"),
            Meaning.TEMPORARY,
            List.of("PROVIDER_ERROR"),
            Meaning.HAPPENED,
            List.of("ALREADY_PROCESSED_PAYMENT"),
            Meaning.NOT_FOUND,
            List.of("NOT_FOUND_PAYMENT"),
            Meaning.UNKNOWN,
            List.of(
                    "CARD_PROCESSING_ERROR",
                    "FAILED_PAYMENT_INTERNAL_SYSTEM_PROCESSING",
                    "FAILED_INTERNAL_SYSTEM_PROCESSING",
                    "UNKNOWN_PAYMENT_ERROR",
                    "IDEMPOTENT_REQUEST_PROCESSING")));

    /**
     * An answer is Toss's for its idempotency key for ever, so that a refusal is one of every call under that key. An
     * invalid request is a refusal: the tax-free part of the amount is the caller's.
     */
    private static final Map<String, Meaning> CANCEL = codes(Map.of(
            Meaning.DECLINED,
            List.of(
                    "INVALID_REQUEST",
                    "EXCEED_CANCEL_AMOUNT_DISCOUNT_AMOUNT",
                    "INVALID_REFUND_ACCOUNT_INFO",
                    "INVALID_REFUND_ACCOUNT_NUMBER",
                    "INVALID_BANK",
                    "FORBIDDEN_BANK_REFUND_REQUEST",
                    "REFUND_REJECTED",
                    "NOT_CANCELABLE_PAYMENT",
                    "NOT_CANCELABLE_PAYMENT_FOR_DORMANT_USER",
                    "NOT_ALLOWED_PARTIAL_REFUND",
                    "NOT_ALLOWED_PARTIAL_REFUND_WAITING_DEPOSIT",
                    "EXCEED_MAX_REFUND_DUE",
                    "EXCEED_CANCEL_LIMIT",
                    // Of the global list only.
                    "INVALID_REFUND_AMOUNT",
                    "EXCEED_MAX_REFUND_AMOUNT",
                    "NOT_SUPPORTED_REFUND",
                    "NOT_ALLOWED_REFUND_BANK"),
            Meaning.OUR_FAULT,
            List.of(
                    "UNAUTHORIZED_KEY",
                    "INVALID_API_KEY",
                    "FORBIDDEN_REQUEST",
                    "INCORRECT_BASIC_AUTH_FORMAT",
                    "INVALID_IDEMPOTENCY_KEY",
                    // A payment that took money is known to the holder of its keys shop.
                    "NOT_FOUND_PAYMENT"),
            Meaning.TEMPORARY,
            List.of("PROVIDER_ERROR", "NOT_AVAILABLE_BANK", "FORBIDDEN_CONSECUTIVE_REQUEST"),
            Meaning.HAPPENED,
            List.of(
                    "ALREADY_CANCELED_PAYMENT",
                    "ALREADY_REFUND_PAYMENT",
                    "NOT_CANCELABLE_AMOUNT",
                    "NOT_MATCHES_REFUNDABLE_AMOUNT"),
            Meaning.UNKNOWN,
            List.of(
                    "FAILED_INTERNAL_SYSTEM_PROCESSING",
                    "FAILED_REFUND_PROCESS",
                    "FAILED_METHOD_HANDLING_CANCEL",
                    "FAILED_PARTIAL_REFUND",
                    "COMMON_ERROR",
                    "FAILED_PAYMENT_INTERNAL_SYSTEM_PROCESSING",
                    "IDEMPOTENT_REQUEST_PROCESSING")));

    /**
     * Virtual accounts. An invalid request is ours: what of it is the caller's is checked before, but for the bank,
     * which has a code of its own.
     */
    private static final Map<String, Meaning> OPEN = codes(Map.of(
            Meaning.DECLINED,
            List.of(
                    "INVALID_BANK",
                    "INVALID_DATE",
                    "EXCEED_MAX_DUE_DATE",
                    "EXCEED_MAX_VALID_HOURS",
                    "NOT_AVAILABLE_BANK",
                    // Of the global list only: an account takes 200 won at least.
                    "BELOW_MINIMUM_AMOUNT"),
            Meaning.OUR_FAULT,
            List.of(
                    "INVALID_REQUEST",
                    "INVALID_VALID_HOURS_WITH_DUE_DATE_AND_SINGLE",
                    "INVALID_REGISTRATION_NUMBER_TYPE",
                    "NOT_SUPPORTED_METHOD",
                    "UNAUTHORIZED_KEY",
                    "INVALID_API_KEY",
                    "FORBIDDEN_REQUEST",
                    "INCORRECT_BASIC_AUTH_FORMAT",
                    "INVALID_IDEMPOTENCY_KEY"),
            Meaning.TEMPORARY,
            List.of("PROVIDER_ERROR"),
            Meaning.HAPPENED,
            List.of("DUPLICATED_ORDER_ID"),
            Meaning.UNKNOWN,
            List.of("FAILED_INTERNAL_SYSTEM_PROCESSING", "FAILED_DB_PROCESSING", "IDEMPOTENT_REQUEST_PROCESSING")));

    /** Nothing is charged by it, so that an outcome nobody knows harms nobody: the buyer opens the window again. */
    private static final Map<String, Meaning> ISSUE = codes(Map.of(
            Meaning.DECLINED,
            List.of(
                    "INVALID_CARD_NUMBER",
                    "NOT_SUPPORTED_CARD_TYPE",
                    "INVALID_CARD_PASSWORD",
                    "INVALID_CARD_EXPIRATION",
                    "INVALID_CARD_IDENTITY",
                    "INVALID_REJECT_CARD",
                    "INVALID_STOPPED_CARD",
                    "INVALID_BIRTH_DAY_FORMAT",
                    "NOT_REGISTERED_CARD_COMPANY",
                    "INVALID_EMAIL",
                    "EXCEED_MAX_AUTH_COUNT",
                    "REJECT_CARD_COMPANY",
                    "REJECT_ACCOUNT_PAYMENT",
                    // The authKey is the caller's: used before, made up, or of another customer.
                    "INVALID_BILLING_AUTH",
                    "NOT_MATCHES_CUSTOMER_KEY",
                    "INVALID_REQUEST"),
            Meaning.OUR_FAULT,
            List.of(
                    "NOT_SUPPORTED_METHOD",
                    "UNAUTHORIZED_KEY",
                    "INVALID_API_KEY",
                    "FORBIDDEN_REQUEST",
                    "INCORRECT_BASIC_AUTH_FORMAT",
                    "INVALID_IDEMPOTENCY_KEY"),
            Meaning.TEMPORARY,
            List.of("PROVIDER_ERROR"),
            Meaning.UNKNOWN,
            List.of(
                    "COMMON_ERROR",
                    "FAILED_BILL_KEY_AUTH_CREATION",
                    "FAILED_DB_PROCESSING",
                    "FAILED_INTERNAL_SYSTEM_PROCESSING",
                    "IDEMPOTENT_REQUEST_PROCESSING")));

    private static final Map<String, Meaning> CHARGE = codes(Map.of(
            Meaning.DECLINED,
            List.of(
                    "INVALID_STOPPED_CARD",
                    "INVALID_REJECT_CARD",
                    "INVALID_CARD_LOST_OR_STOLEN",
                    "INVALID_CARD_EXPIRATION",
                    "INVALID_CARD_NUMBER",
                    "NOT_SUPPORTED_CARD_TYPE",
                    "NOT_REGISTERED_CARD_COMPANY",
                    "NOT_SUPPORTED_INSTALLMENT_PLAN_CARD_OR_MERCHANT",
                    "INVALID_CARD_INSTALLMENT_PLAN",
                    "NOT_SUPPORTED_MONTHLY_INSTALLMENT_PLAN",
                    "REJECT_CARD_PAYMENT",
                    "REJECT_ACCOUNT_PAYMENT",
                    "REJECT_CARD_COMPANY",
                    "EXCEED_MAX_AUTH_COUNT",
                    // An account takes 200 won at least, a card 100.
                    "BELOW_MINIMUM_AMOUNT"),
            Meaning.OUR_FAULT,
            List.of(
                    "INVALID_BILL_KEY_REQUEST",
                    "NOT_MATCHES_CUSTOMER_KEY",
                    "INVALID_REQUEST",
                    // With the key of another shop every billing key is unknown.
                    "NOT_FOUND_BILLING",
                    "NOT_SUPPORTED_METHOD",
                    "UNAUTHORIZED_KEY",
                    "INVALID_API_KEY",
                    "FORBIDDEN_REQUEST",
                    "INCORRECT_BASIC_AUTH_FORMAT",
                    "INVALID_IDEMPOTENCY_KEY"),
            Meaning.TEMPORARY,
            List.of("PROVIDER_ERROR", "NOT_AVAILABLE_BANK"),
            Meaning.HAPPENED,
            List.of("DUPLICATED_ORDER_ID"),
            Meaning.NOT_FOUND,
            List.of("ALREADY_REMOVED_BILLING_KEY"),
            Meaning.UNKNOWN,
            List.of(
                    "FAILED_INTERNAL_SYSTEM_PROCESSING",
                    "FAILED_DB_PROCESSING",
                    "FAILED_CARD_COMPANY_RESPONSE",
                    "IDEMPOTENT_REQUEST_PROCESSING")));

    private static final Map<String, Meaning> REMOVE = codes(Map.of(
            Meaning.OUR_FAULT,
            List.of("INVALID_REQUEST", "INVALID_BILL_KEY_REQUEST", "UNAUTHORIZED_KEY", "INCORRECT_BASIC_AUTH_FORMAT"),
            Meaning.HAPPENED,
            List.of("ALREADY_REMOVED_BILLING_KEY"),
            Meaning.NOT_FOUND,
            List.of("BILLING_KEY_NOT_FOUND", "NOT_FOUND_BILLING")));

    /** An invalid request is a refusal: the number of whom it is issued to is the caller's. */
    private static final Map<String, Meaning> RECEIPT_ISSUE = codes(Map.of(
            Meaning.DECLINED,
            List.of("INVALID_CASH_RECEIPT_INFO", "INVALID_REQUEST"),
            Meaning.OUR_FAULT,
            List.of(
                    "API_VERSION_UPDATE_NEEDED",
                    "INVALID_BUSINESS_NUMBER",
                    "INVALID_REQUIRED_PARAM",
                    "UNAUTHORIZED_KEY",
                    "INVALID_API_KEY",
                    "FORBIDDEN_REQUEST",
                    "INCORRECT_BASIC_AUTH_FORMAT",
                    "INVALID_IDEMPOTENCY_KEY"),
            Meaning.TEMPORARY,
            List.of("PROVIDER_ERROR"),
            Meaning.HAPPENED,
            List.of("DUPLICATED_CASH_RECEIPT"),
            Meaning.UNKNOWN,
            List.of("COMMON_ERROR", "FAILED_INTERNAL_SYSTEM_PROCESSING", "IDEMPOTENT_REQUEST_PROCESSING")));

    private static final Map<String, Meaning> RECEIPT_CANCEL = codes(Map.of(
            Meaning.OUR_FAULT,
            List.of(
                    // A receipt that was issued is known to the holder of its keys shop.
                    "NOT_FOUND_RECEIPT",
                    "API_VERSION_UPDATE_NEEDED",
                    "INVALID_REQUEST",
                    "UNAUTHORIZED_KEY",
                    "INVALID_API_KEY",
                    "INCORRECT_BASIC_AUTH_FORMAT",
                    "INVALID_IDEMPOTENCY_KEY"),
            Meaning.TEMPORARY,
            List.of("PROVIDER_ERROR"),
            Meaning.HAPPENED,
            // Less is left of it than is to be taken back.
            List.of("FORBIDDEN_REQUEST"),
            Meaning.UNKNOWN,
            List.of("COMMON_ERROR", "FAILED_INTERNAL_SYSTEM_PROCESSING", "IDEMPOTENT_REQUEST_PROCESSING")));

    private static final Map<String, Meaning> RECEIPT_LIST = codes(Map.of(
            Meaning.OUR_FAULT,
            List.of(
                    "API_VERSION_UPDATE_NEEDED",
                    "INVALID_BUSINESS_NUMBER",
                    "INVALID_REQUIRED_PARAM",
                    "INVALID_REQUEST",
                    "UNAUTHORIZED_KEY",
                    "INVALID_API_KEY",
                    "INCORRECT_BASIC_AUTH_FORMAT")));

    /** The declines that are of a day or an hour, and not of a card. */
    private static final Set<String> OF_THE_DAY =
            Set.of("REJECT_CARD_PAYMENT", "REJECT_ACCOUNT_PAYMENT", "REJECT_CARD_COMPANY", "EXCEED_MAX_AUTH_COUNT");

    private static final Map<String, Meaning> LOOKUP = codes(Map.of(
            Meaning.OUR_FAULT,
            List.of("UNAUTHORIZED_KEY", "INVALID_API_KEY", "INCORRECT_BASIC_AUTH_FORMAT", "INVALID_REQUEST"),
            Meaning.TEMPORARY,
            List.of("FORBIDDEN_CONSECUTIVE_REQUEST", "FAILED_PAYMENT_INTERNAL_SYSTEM_PROCESSING"),
            Meaning.NOT_FOUND,
            List.of("NOT_FOUND_PAYMENT"),
            Meaning.UNKNOWN,
            // Of an address, and not of a payment.
            List.of("NOT_FOUND")));

    private TossCodes() {}

    static Meaning meaning(Operation operation, String code) {
        return of(operation).getOrDefault(code, Meaning.UNKNOWN);
    }

    /** What can help after a charge was declined. */
    static ChargeOutcome.Remedy remedy(String code) {
        if (code.equals("BELOW_MINIMUM_AMOUNT")) {
            return ChargeOutcome.Remedy.NONE;
        }
        return OF_THE_DAY.contains(code) ? ChargeOutcome.Remedy.LATER : ChargeOutcome.Remedy.NEW_METHOD;
    }

    /** The codes on the list of an operation. */
    static Set<String> listed(Operation operation) {
        return of(operation).keySet();
    }

    private static Map<String, Meaning> of(Operation operation) {
        return switch (operation) {
            case CONFIRM -> CONFIRM;
            case CANCEL -> CANCEL;
            case OPEN -> OPEN;
            case ISSUE -> ISSUE;
            case CHARGE -> CHARGE;
            case REMOVE -> REMOVE;
            case RECEIPT_ISSUE -> RECEIPT_ISSUE;
            case RECEIPT_CANCEL -> RECEIPT_CANCEL;
            case RECEIPT_LIST -> RECEIPT_LIST;
            case LOOKUP -> LOOKUP;
        };
    }

    private static Map<String, Meaning> codes(Map<Meaning, List<String>> byMeaning) {
        Map<String, Meaning> codes = new HashMap<>();
        byMeaning.forEach((meaning, listed) -> listed.forEach(code -> {
            if (codes.put(code, meaning) != null) {
                throw new IllegalStateException("code " + code + ": listed twice (expected: one meaning)");
            }
        }));
        return Map.copyOf(codes);
    }
}
