package dev.wonflow.payment.gateway.toss;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.payment.gateway.GatewayFinding;
import dev.wonflow.payment.gateway.GatewayOutcome;
import dev.wonflow.payment.gateway.toss.TossError.Meaning;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TossErrorTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
        ALREADY_PROCESSED_PAYMENT,                       UNCERTAIN
        PROVIDER_ERROR,                                  UNCERTAIN
        CARD_PROCESSING_ERROR,                           UNCERTAIN
        INVALID_REQUEST,                                 OUR_FAULT
        INVALID_API_KEY,                                 OUR_FAULT
        INVALID_AUTHORIZE_AUTH,                          OUR_FAULT
        NOT_FOUND_TERMINAL_ID,                           OUR_FAULT
        INVALID_UNREGISTERED_SUBMALL,                    OUR_FAULT
        NOT_REGISTERED_BUSINESS,                         OUR_FAULT
        UNAPPROVED_ORDER_ID,                             OUR_FAULT
        BELOW_MINIMUM_AMOUNT,                            DECLINED
        EXCEED_MAX_CARD_INSTALLMENT_PLAN,                DECLINED
        NOT_SUPPORTED_INSTALLMENT_PLAN_CARD_OR_MERCHANT, DECLINED
        INVALID_CARD_INSTALLMENT_PLAN,                   DECLINED
        NOT_SUPPORTED_MONTHLY_INSTALLMENT_PLAN,          DECLINED
        NOT_ALLOWED_POINT_USE,                           DECLINED
        INVALID_REJECT_CARD,                             DECLINED
        INVALID_CARD_EXPIRATION,                         DECLINED
        INVALID_STOPPED_CARD,                            DECLINED
        INVALID_CARD_LOST_OR_STOLEN,                     DECLINED
        INVALID_CARD_NUMBER,                             DECLINED
        EXCEED_MAX_DAILY_PAYMENT_COUNT,                  DECLINED
        EXCEED_MAX_PAYMENT_AMOUNT,                       DECLINED
        EXCEED_MAX_MONTHLY_PAYMENT_AMOUNT,               DECLINED
        EXCEED_MAX_AMOUNT,                               DECLINED
        EXCEED_MAX_ONE_DAY_WITHDRAW_AMOUNT,              DECLINED
        EXCEED_MAX_ONE_TIME_WITHDRAW_AMOUNT,             DECLINED
        EXCEEDS_TRANSFER_AMOUNT_MAXIMUM,                 DECLINED
        RESTRICTED_TRANSFER_ACCOUNT,                     DECLINED
        INVALID_ACCOUNT_INFO_RE_REGISTER,                DECLINED
        NOT_AVAILABLE_PAYMENT,                           DECLINED
        UNAUTHORIZED_KEY,                                OUR_FAULT
        REJECT_CARD_PAYMENT,                             DECLINED
        REJECT_CARD_COMPANY,                             DECLINED
        REJECT_ACCOUNT_PAYMENT,                          DECLINED
        REJECT_TOSSPAY_INVALID_ACCOUNT,                  DECLINED
        EXCEED_MAX_AUTH_COUNT,                           DECLINED
        EXCEED_MAX_ONE_DAY_AMOUNT,                       DECLINED
        NOT_AVAILABLE_BANK,                              DECLINED
        INVALID_PASSWORD,                                DECLINED
        FDS_ERROR,                                       DECLINED
        FORBIDDEN_REQUEST,                               OUR_FAULT
        INCORRECT_BASIC_AUTH_FORMAT,                     OUR_FAULT
        NOT_FOUND_PAYMENT,                               NOT_FOUND
        NOT_FOUND_PAYMENT_SESSION,                       DECLINED
        FAILED_PAYMENT_INTERNAL_SYSTEM_PROCESSING,       UNCERTAIN
        FAILED_INTERNAL_SYSTEM_PROCESSING,               UNCERTAIN
        UNKNOWN_PAYMENT_ERROR,                           UNCERTAIN
        IDEMPOTENT_REQUEST_PROCESSING,                   UNCERTAIN
        INVALID_IDEMPOTENCY_KEY,                         OUR_FAULT
        """)
    void every_documented_code_of_confirm_has_its_meaning(String code, Meaning meaning) {
        assertThat(TossError.meaningForConfirm(code)).isEqualTo(meaning);
        assertThat(new TossError(code, null).confirmOutcome())
                .isInstanceOf(
                        switch (meaning) {
                            case DECLINED -> GatewayOutcome.Declined.class;
                            case NOT_FOUND -> GatewayOutcome.NotFound.class;
                            case OUR_FAULT -> GatewayOutcome.OurFault.class;
                            case UNCERTAIN -> GatewayOutcome.Unknown.class;
                        });
    }

    @Test
    void code_toss_adds_tomorrow_is_never_read_as_a_decline() {
        assertThat(new TossError("REJECT_MOON_PHASE", null).confirmOutcome())
                .isEqualTo(new GatewayOutcome.Unknown("REJECT_MOON_PHASE"));
        assertThat(new TossError("[S008] 기존 요청을 처리중입니다.", null).confirmOutcome())
                .isEqualTo(new GatewayOutcome.Unknown("UNLISTED_CODE"));
    }

    @ParameterizedTest
    @CsvSource({
        "NOT_FOUND_PAYMENT, Absent",
        "UNAUTHORIZED_KEY, OurFault",
        "INCORRECT_BASIC_AUTH_FORMAT, OurFault",
        "FORBIDDEN_CONSECUTIVE_REQUEST, Unclear",
        "NOT_FOUND, Unclear",
        "FAILED_PAYMENT_INTERNAL_SYSTEM_PROCESSING, Unclear",
        "NEVER_HEARD_OF, Unclear"
    })
    void only_one_code_says_that_there_is_no_such_payment(String code, String finding) {
        GatewayFinding found = new TossError(code, null).finding();

        assertThat(found.getClass().getSimpleName()).isEqualTo(finding);
    }
}
