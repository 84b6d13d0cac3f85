package dev.wonflow.payment.gateway.toss;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.payment.gateway.Operation;
import dev.wonflow.payment.gateway.toss.TossCodes.Meaning;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The codes of Toss's error pages, with what each says; compared with the list as a whole, both ways. */
class TossCodesTest {

    private static final String CONFIRM = """
        ALREADY_PROCESSED_PAYMENT                        HAPPENED
        PROVIDER_ERROR                                   TEMPORARY
        CARD_PROCESSING_ERROR                            UNKNOWN
        INVALID_REQUEST                                  OUR_FAULT
        INVALID_API_KEY                                  OUR_FAULT
        INVALID_AUTHORIZE_AUTH                           OUR_FAULT
        NOT_FOUND_TERMINAL_ID                            OUR_FAULT
        INVALID_UNREGISTERED_SUBMALL                     OUR_FAULT
        NOT_REGISTERED_BUSINESS                          OUR_FAULT
        UNAPPROVED_ORDER_ID                              OUR_FAULT
        BELOW_MINIMUM_AMOUNT                             DECLINED
        EXCEED_MAX_CARD_INSTALLMENT_PLAN                 DECLINED
        NOT_SUPPORTED_INSTALLMENT_PLAN_CARD_OR_MERCHANT  DECLINED
        INVALID_CARD_INSTALLMENT_PLAN                    DECLINED
        NOT_SUPPORTED_MONTHLY_INSTALLMENT_PLAN           DECLINED
        NOT_ALLOWED_POINT_USE                            DECLINED
        INVALID_REJECT_CARD                              DECLINED
        INVALID_CARD_EXPIRATION                          DECLINED
        INVALID_STOPPED_CARD                             DECLINED
        INVALID_CARD_LOST_OR_STOLEN                      DECLINED
        INVALID_CARD_NUMBER                              DECLINED
        EXCEED_MAX_DAILY_PAYMENT_COUNT                   DECLINED
        EXCEED_MAX_PAYMENT_AMOUNT                        DECLINED
        EXCEED_MAX_MONTHLY_PAYMENT_AMOUNT                DECLINED
        EXCEED_MAX_AMOUNT                                DECLINED
        EXCEED_MAX_ONE_DAY_WITHDRAW_AMOUNT               DECLINED
        EXCEED_MAX_ONE_TIME_WITHDRAW_AMOUNT              DECLINED
        EXCEEDS_TRANSFER_AMOUNT_MAXIMUM                  DECLINED
        RESTRICTED_TRANSFER_ACCOUNT                      DECLINED
        INVALID_ACCOUNT_INFO_RE_REGISTER                 DECLINED
        NOT_AVAILABLE_PAYMENT                            DECLINED
        UNAUTHORIZED_KEY                                 OUR_FAULT
        REJECT_CARD_PAYMENT                              DECLINED
        REJECT_CARD_COMPANY                              DECLINED
        REJECT_ACCOUNT_PAYMENT                           DECLINED
        REJECT_TOSSPAY_INVALID_ACCOUNT                   DECLINED
        EXCEED_MAX_AUTH_COUNT                            DECLINED
        EXCEED_MAX_ONE_DAY_AMOUNT                        DECLINED
        NOT_AVAILABLE_BANK                               DECLINED
        INVALID_PASSWORD                                 DECLINED
        FDS_ERROR                                        DECLINED
        FORBIDDEN_REQUEST                                OUR_FAULT
        INCORRECT_BASIC_AUTH_FORMAT                      OUR_FAULT
        NOT_FOUND_PAYMENT                                NOT_FOUND
        NOT_FOUND_PAYMENT_SESSION                        DECLINED
        FAILED_PAYMENT_INTERNAL_SYSTEM_PROCESSING        UNKNOWN
        FAILED_INTERNAL_SYSTEM_PROCESSING                UNKNOWN
        UNKNOWN_PAYMENT_ERROR                            UNKNOWN
        IDEMPOTENT_REQUEST_PROCESSING                    UNKNOWN
        INVALID_IDEMPOTENCY_KEY                          OUR_FAULT
        """;

    private static final String CANCEL = """
        ALREADY_CANCELED_PAYMENT                         HAPPENED
        ALREADY_REFUND_PAYMENT                           HAPPENED
        NOT_MATCHES_REFUNDABLE_AMOUNT                    HAPPENED
        EXCEED_CANCEL_AMOUNT_DISCOUNT_AMOUNT             DECLINED
        INVALID_REFUND_ACCOUNT_INFO                      DECLINED
        INVALID_REFUND_ACCOUNT_NUMBER                    DECLINED
        INVALID_BANK                                     DECLINED
        FORBIDDEN_BANK_REFUND_REQUEST                    DECLINED
        REFUND_REJECTED                                  DECLINED
        INVALID_REQUEST                                  DECLINED
        PROVIDER_ERROR                                   TEMPORARY
        UNAUTHORIZED_KEY                                 OUR_FAULT
        INVALID_API_KEY                                  OUR_FAULT
        NOT_CANCELABLE_AMOUNT                            HAPPENED
        NOT_CANCELABLE_PAYMENT                           DECLINED
        NOT_CANCELABLE_PAYMENT_FOR_DORMANT_USER          DECLINED
        NOT_ALLOWED_PARTIAL_REFUND                       DECLINED
        NOT_ALLOWED_PARTIAL_REFUND_WAITING_DEPOSIT       DECLINED
        EXCEED_MAX_REFUND_DUE                            DECLINED
        EXCEED_CANCEL_LIMIT                              DECLINED
        NOT_AVAILABLE_BANK                               TEMPORARY
        FORBIDDEN_CONSECUTIVE_REQUEST                    TEMPORARY
        FORBIDDEN_REQUEST                                OUR_FAULT
        INCORRECT_BASIC_AUTH_FORMAT                      OUR_FAULT
        NOT_FOUND_PAYMENT                                OUR_FAULT
        FAILED_INTERNAL_SYSTEM_PROCESSING                UNKNOWN
        FAILED_REFUND_PROCESS                            UNKNOWN
        FAILED_METHOD_HANDLING_CANCEL                    UNKNOWN
        FAILED_PARTIAL_REFUND                            UNKNOWN
        COMMON_ERROR                                     UNKNOWN
        FAILED_PAYMENT_INTERNAL_SYSTEM_PROCESSING        UNKNOWN
        IDEMPOTENT_REQUEST_PROCESSING                    UNKNOWN
        INVALID_IDEMPOTENCY_KEY                          OUR_FAULT
        INVALID_REFUND_AMOUNT                            DECLINED
        EXCEED_MAX_REFUND_AMOUNT                         DECLINED
        NOT_SUPPORTED_REFUND                             DECLINED
        NOT_ALLOWED_REFUND_BANK                          DECLINED
        """;

    private static final String OPEN = """
        DUPLICATED_ORDER_ID                              HAPPENED
        INVALID_REQUEST                                  OUR_FAULT
        INVALID_REGISTRATION_NUMBER_TYPE                 OUR_FAULT
        INVALID_DATE                                     DECLINED
        INVALID_BANK                                     DECLINED
        EXCEED_MAX_DUE_DATE                              DECLINED
        EXCEED_MAX_VALID_HOURS                           DECLINED
        INVALID_VALID_HOURS_WITH_DUE_DATE_AND_SINGLE     OUR_FAULT
        BELOW_MINIMUM_AMOUNT                             DECLINED
        NOT_AVAILABLE_BANK                               DECLINED
        NOT_SUPPORTED_METHOD                             OUR_FAULT
        UNAUTHORIZED_KEY                                 OUR_FAULT
        INVALID_API_KEY                                  OUR_FAULT
        FORBIDDEN_REQUEST                                OUR_FAULT
        INCORRECT_BASIC_AUTH_FORMAT                      OUR_FAULT
        INVALID_IDEMPOTENCY_KEY                          OUR_FAULT
        PROVIDER_ERROR                                   TEMPORARY
        FAILED_INTERNAL_SYSTEM_PROCESSING                UNKNOWN
        FAILED_DB_PROCESSING                             UNKNOWN
        IDEMPOTENT_REQUEST_PROCESSING                    UNKNOWN
        """;

    private static final String ISSUE = """
        INVALID_CARD_NUMBER                              DECLINED
        NOT_SUPPORTED_CARD_TYPE                          DECLINED
        INVALID_CARD_PASSWORD                            DECLINED
        INVALID_CARD_EXPIRATION                          DECLINED
        INVALID_CARD_IDENTITY                            DECLINED
        INVALID_REJECT_CARD                              DECLINED
        INVALID_STOPPED_CARD                             DECLINED
        INVALID_BIRTH_DAY_FORMAT                         DECLINED
        NOT_REGISTERED_CARD_COMPANY                      DECLINED
        INVALID_EMAIL                                    DECLINED
        NOT_SUPPORTED_METHOD                             OUR_FAULT
        INVALID_REQUEST                                  DECLINED
        INVALID_BILLING_AUTH                             DECLINED
        NOT_MATCHES_CUSTOMER_KEY                         DECLINED
        EXCEED_MAX_AUTH_COUNT                            DECLINED
        REJECT_CARD_COMPANY                              DECLINED
        REJECT_ACCOUNT_PAYMENT                           DECLINED
        PROVIDER_ERROR                                   TEMPORARY
        COMMON_ERROR                                     UNKNOWN
        FAILED_BILL_KEY_AUTH_CREATION                    UNKNOWN
        FAILED_DB_PROCESSING                             UNKNOWN
        FAILED_INTERNAL_SYSTEM_PROCESSING                UNKNOWN
        IDEMPOTENT_REQUEST_PROCESSING                    UNKNOWN
        UNAUTHORIZED_KEY                                 OUR_FAULT
        INVALID_API_KEY                                  OUR_FAULT
        FORBIDDEN_REQUEST                                OUR_FAULT
        INCORRECT_BASIC_AUTH_FORMAT                      OUR_FAULT
        INVALID_IDEMPOTENCY_KEY                          OUR_FAULT
        """;

    private static final String CHARGE = """
        INVALID_STOPPED_CARD                             DECLINED
        INVALID_REJECT_CARD                              DECLINED
        INVALID_CARD_LOST_OR_STOLEN                      DECLINED
        INVALID_CARD_EXPIRATION                          DECLINED
        INVALID_CARD_NUMBER                              DECLINED
        NOT_SUPPORTED_CARD_TYPE                          DECLINED
        NOT_REGISTERED_CARD_COMPANY                      DECLINED
        NOT_SUPPORTED_INSTALLMENT_PLAN_CARD_OR_MERCHANT  DECLINED
        INVALID_CARD_INSTALLMENT_PLAN                    DECLINED
        NOT_SUPPORTED_MONTHLY_INSTALLMENT_PLAN           DECLINED
        INVALID_BILL_KEY_REQUEST                         OUR_FAULT
        NOT_MATCHES_CUSTOMER_KEY                         OUR_FAULT
        ALREADY_REMOVED_BILLING_KEY                      NOT_FOUND
        INVALID_REQUEST                                  OUR_FAULT
        BELOW_MINIMUM_AMOUNT                             DECLINED
        DUPLICATED_ORDER_ID                              HAPPENED
        UNAUTHORIZED_KEY                                 OUR_FAULT
        INCORRECT_BASIC_AUTH_FORMAT                      OUR_FAULT
        REJECT_CARD_PAYMENT                              DECLINED
        REJECT_ACCOUNT_PAYMENT                           DECLINED
        REJECT_CARD_COMPANY                              DECLINED
        EXCEED_MAX_AUTH_COUNT                            DECLINED
        NOT_FOUND_BILLING                                OUR_FAULT
        FAILED_INTERNAL_SYSTEM_PROCESSING                UNKNOWN
        FAILED_DB_PROCESSING                             UNKNOWN
        FAILED_CARD_COMPANY_RESPONSE                     UNKNOWN
        IDEMPOTENT_REQUEST_PROCESSING                    UNKNOWN
        PROVIDER_ERROR                                   TEMPORARY
        NOT_AVAILABLE_BANK                               TEMPORARY
        NOT_SUPPORTED_METHOD                             OUR_FAULT
        INVALID_API_KEY                                  OUR_FAULT
        FORBIDDEN_REQUEST                                OUR_FAULT
        INVALID_IDEMPOTENCY_KEY                          OUR_FAULT
        """;

    private static final String REMOVE = """
        INVALID_REQUEST                                  OUR_FAULT
        INVALID_BILL_KEY_REQUEST                         OUR_FAULT
        UNAUTHORIZED_KEY                                 OUR_FAULT
        INCORRECT_BASIC_AUTH_FORMAT                      OUR_FAULT
        ALREADY_REMOVED_BILLING_KEY                      HAPPENED
        BILLING_KEY_NOT_FOUND                            NOT_FOUND
        NOT_FOUND_BILLING                                NOT_FOUND
        """;

    private static final String RECEIPT_ISSUE = """
        INVALID_CASH_RECEIPT_INFO                        DECLINED
        INVALID_REQUEST                                  DECLINED
        DUPLICATED_CASH_RECEIPT                          HAPPENED
        API_VERSION_UPDATE_NEEDED                        OUR_FAULT
        INVALID_BUSINESS_NUMBER                          OUR_FAULT
        INVALID_REQUIRED_PARAM                           OUR_FAULT
        UNAUTHORIZED_KEY                                 OUR_FAULT
        INVALID_API_KEY                                  OUR_FAULT
        FORBIDDEN_REQUEST                                OUR_FAULT
        INCORRECT_BASIC_AUTH_FORMAT                      OUR_FAULT
        INVALID_IDEMPOTENCY_KEY                          OUR_FAULT
        PROVIDER_ERROR                                   TEMPORARY
        COMMON_ERROR                                     UNKNOWN
        FAILED_INTERNAL_SYSTEM_PROCESSING                UNKNOWN
        IDEMPOTENT_REQUEST_PROCESSING                    UNKNOWN
        """;

    private static final String RECEIPT_CANCEL = """
        FORBIDDEN_REQUEST                                HAPPENED
        NOT_FOUND_RECEIPT                                OUR_FAULT
        API_VERSION_UPDATE_NEEDED                        OUR_FAULT
        INVALID_REQUEST                                  OUR_FAULT
        UNAUTHORIZED_KEY                                 OUR_FAULT
        INVALID_API_KEY                                  OUR_FAULT
        INCORRECT_BASIC_AUTH_FORMAT                      OUR_FAULT
        INVALID_IDEMPOTENCY_KEY                          OUR_FAULT
        PROVIDER_ERROR                                   TEMPORARY
        COMMON_ERROR                                     UNKNOWN
        FAILED_INTERNAL_SYSTEM_PROCESSING                UNKNOWN
        IDEMPOTENT_REQUEST_PROCESSING                    UNKNOWN
        """;

    private static final String RECEIPT_LIST = """
        API_VERSION_UPDATE_NEEDED                        OUR_FAULT
        INVALID_BUSINESS_NUMBER                          OUR_FAULT
        INVALID_REQUIRED_PARAM                           OUR_FAULT
        INVALID_REQUEST                                  OUR_FAULT
        UNAUTHORIZED_KEY                                 OUR_FAULT
        INVALID_API_KEY                                  OUR_FAULT
        INCORRECT_BASIC_AUTH_FORMAT                      OUR_FAULT
        """;

    private static final String LOOKUP = """
        UNAUTHORIZED_KEY                                 OUR_FAULT
        INVALID_API_KEY                                  OUR_FAULT
        INCORRECT_BASIC_AUTH_FORMAT                      OUR_FAULT
        INVALID_REQUEST                                  OUR_FAULT
        FORBIDDEN_CONSECUTIVE_REQUEST                    TEMPORARY
        NOT_FOUND_PAYMENT                                NOT_FOUND
        NOT_FOUND                                        UNKNOWN
        FAILED_PAYMENT_INTERNAL_SYSTEM_PROCESSING        TEMPORARY
        """;

    @ParameterizedTest
    @Tag("F1")
    @EnumSource(Operation.class)
    void every_documented_code_has_its_meaning_and_no_other_code_has_one(Operation operation) {
        Map<String, Meaning> listed = TossCodes.listed(operation).stream()
                .collect(Collectors.toMap(code -> code, code -> TossCodes.meaning(operation, code)));

        assertThat(listed).isEqualTo(documented(operation));
    }

    @ParameterizedTest
    @Tag("F1")
    @EnumSource(Operation.class)
    void code_toss_adds_tomorrow_says_nothing(Operation operation) {
        assertThat(TossCodes.meaning(operation, "REJECT_MOON_PHASE")).isEqualTo(Meaning.UNKNOWN);
    }

    @Test
    void same_code_can_say_another_thing_about_another_call() {
        assertThat(TossCodes.meaning(Operation.CONFIRM, "NOT_AVAILABLE_BANK")).isEqualTo(Meaning.DECLINED);
        assertThat(TossCodes.meaning(Operation.CANCEL, "NOT_AVAILABLE_BANK")).isEqualTo(Meaning.TEMPORARY);
    }

    private static Map<String, Meaning> documented(Operation operation) {
        String table = switch (operation) {
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
        return table.lines()
                .map(String::strip)
                .collect(Collectors.toMap(
                        line -> line.substring(0, line.indexOf(' ')),
                        line -> Meaning.valueOf(line.substring(line.lastIndexOf(' ') + 1))));
    }
}
