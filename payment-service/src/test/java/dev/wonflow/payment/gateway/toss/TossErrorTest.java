package dev.wonflow.payment.gateway.toss;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.payment.gateway.CancelOutcome;
import dev.wonflow.payment.gateway.GatewayFinding;
import dev.wonflow.payment.gateway.GatewayOutcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TossErrorTest {

    @Test
    void code_toss_adds_tomorrow_is_never_read_as_a_decline() {
        assertThat(new TossError("REJECT_MOON_PHASE", null).confirmOutcome())
                .isEqualTo(new GatewayOutcome.Unknown("REJECT_MOON_PHASE"));
        assertThat(new TossError("[S008] 기존 요청을 처리중입니다.", null).confirmOutcome())
                .isEqualTo(new GatewayOutcome.Unknown("UNLISTED_CODE"));
    }

    @ParameterizedTest
    @CsvSource({
        "INVALID_REFUND_ACCOUNT_NUMBER, Declined",
        "NOT_MATCHES_REFUNDABLE_AMOUNT, Overtaken",
        "UNAUTHORIZED_KEY, OurFault",
        "NOT_AVAILABLE_BANK, Unclear",
        "FAILED_REFUND_PROCESS, Unclear",
        "IDEMPOTENT_REQUEST_PROCESSING, Unknown",
        "NEVER_HEARD_OF, Unclear"
    })
    void cancel_ends_as_its_code_says(String code, String outcome) {
        CancelOutcome ended = new TossError(code, null).cancelOutcome();

        assertThat(ended.getClass().getSimpleName()).isEqualTo(outcome);
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
