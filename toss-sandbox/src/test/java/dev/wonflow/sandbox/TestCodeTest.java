package dev.wonflow.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.sandbox.RunningSandbox.Answer;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code TossPayments-Test-Code}: every published code can be asked for, and comes with its HTTP status. */
class TestCodeTest {

    private static final String TEST_CODE = "TossPayments-Test-Code";

    /** The codes of every endpoint as the documentation lists them, by HTTP status. */
    private static final String[][] PUBLISHED = {
        {
            "400",
            "ALREADY_PROCESSED_PAYMENT PROVIDER_ERROR CARD_PROCESSING_ERROR INVALID_REQUEST INVALID_API_KEY "
                    + "INVALID_AUTHORIZE_AUTH NOT_FOUND_TERMINAL_ID INVALID_UNREGISTERED_SUBMALL "
                    + "NOT_REGISTERED_BUSINESS UNAPPROVED_ORDER_ID BELOW_MINIMUM_AMOUNT "
                    + "EXCEED_MAX_CARD_INSTALLMENT_PLAN NOT_SUPPORTED_INSTALLMENT_PLAN_CARD_OR_MERCHANT "
                    + "INVALID_CARD_INSTALLMENT_PLAN NOT_SUPPORTED_MONTHLY_INSTALLMENT_PLAN NOT_ALLOWED_POINT_USE "
                    + "INVALID_REJECT_CARD INVALID_CARD_EXPIRATION INVALID_STOPPED_CARD INVALID_CARD_LOST_OR_STOLEN "
                    + "INVALID_CARD_NUMBER EXCEED_MAX_DAILY_PAYMENT_COUNT EXCEED_MAX_PAYMENT_AMOUNT "
                    + "EXCEED_MAX_MONTHLY_PAYMENT_AMOUNT EXCEED_MAX_AMOUNT EXCEED_MAX_ONE_DAY_WITHDRAW_AMOUNT "
                    + "EXCEED_MAX_ONE_TIME_WITHDRAW_AMOUNT EXCEEDS_TRANSFER_AMOUNT_MAXIMUM "
                    + "RESTRICTED_TRANSFER_ACCOUNT INVALID_ACCOUNT_INFO_RE_REGISTER NOT_AVAILABLE_PAYMENT "
                    + "INVALID_IDEMPOTENCY_KEY INVALID_TEST_CODE "
                    + "ALREADY_CANCELED_PAYMENT ALREADY_REFUND_PAYMENT NOT_MATCHES_REFUNDABLE_AMOUNT "
                    + "EXCEED_CANCEL_AMOUNT_DISCOUNT_AMOUNT INVALID_REFUND_ACCOUNT_INFO INVALID_REFUND_ACCOUNT_NUMBER "
                    + "INVALID_BANK FORBIDDEN_BANK_REFUND_REQUEST REFUND_REJECTED INVALID_REFUND_AMOUNT "
                    + "NOT_SUPPORTED_REFUND NOT_ALLOWED_REFUND_BANK "
                    + "NOT_SUPPORTED_CARD_TYPE INVALID_CARD_PASSWORD INVALID_CARD_IDENTITY INVALID_BIRTH_DAY_FORMAT "
                    + "NOT_REGISTERED_CARD_COMPANY INVALID_EMAIL NOT_SUPPORTED_METHOD INVALID_BILLING_AUTH "
                    + "INVALID_BILL_KEY_REQUEST NOT_MATCHES_CUSTOMER_KEY ALREADY_REMOVED_BILLING_KEY "
                    + "BILLING_KEY_NOT_FOUND DUPLICATED_ORDER_ID INVALID_REGISTRATION_NUMBER_TYPE INVALID_DATE "
                    + "EXCEED_MAX_DUE_DATE EXCEED_MAX_VALID_HOURS INVALID_VALID_HOURS_WITH_DUE_DATE_AND_SINGLE "
                    + "REQUIRED_ACCOUNT_KEY INVALID_SUCCESS_URL INCORRECT_SUCCESS_URL_FORMAT "
                    + "INCORRECT_FAIL_URL_FORMAT INVALID_FLOW_MODE_PARAMETERS REQUIRED_AMOUNT INVALID_ORDER_ID "
                    + "INVALID_ORDER_NAME INVALID_TRANSACTION_KEY API_VERSION_UPDATE_NEEDED INVALID_BUSINESS_NUMBER "
                    + "DUPLICATED_CASH_RECEIPT INVALID_CASH_RECEIPT_INFO ACCOUNT_OWNER_CHECK_FAILED "
                    + "ALREADY_CLOSE_ACCOUNT ALREADY_COMPLETED_PAYMENT ALREADY_REFUNDING_PAYMENT BELOW_ZERO_AMOUNT "
                    + "DUPLICATED_REQUEST EXCEED_MAX_QUERY_LIMIT INVALID_ACCOUNT_NUMBER INVALID_CARD_COMPANY "
                    + "INVALID_CLIENT_KEY INVALID_CURRENCY INVALID_CUSTOMER_KEY INVALID_EASY_PAY "
                    + "INVALID_ISO_DATE_FORMAT INVALID_PAGING_KEY INVALID_PAYMENT_KEY INVALID_REQUIRED_PARAM "
                    + "INVALID_URL INVALID_URL_FORMAT MAINTAINED_METHOD NOT_ENOUGH_AMOUNT NOT_SUPPORTED_PROCESS "
                    + "NOT_SUPPORTED_USD PAY_PROCESS_ABORTED PAY_PROCESS_CANCELED USER_ACCOUNT_ON_HOLD"
        },
        {"401", "UNAUTHORIZED_KEY"},
        {
            "403",
            "REJECT_CARD_PAYMENT REJECT_CARD_COMPANY REJECT_ACCOUNT_PAYMENT REJECT_TOSSPAY_INVALID_ACCOUNT "
                    + "EXCEED_MAX_AUTH_COUNT EXCEED_MAX_ONE_DAY_AMOUNT NOT_AVAILABLE_BANK INVALID_PASSWORD FDS_ERROR "
                    + "FORBIDDEN_REQUEST INCORRECT_BASIC_AUTH_FORMAT FORBIDDEN_CONSECUTIVE_REQUEST "
                    + "NOT_CANCELABLE_AMOUNT NOT_CANCELABLE_PAYMENT NOT_CANCELABLE_PAYMENT_FOR_DORMANT_USER "
                    + "NOT_ALLOWED_PARTIAL_REFUND NOT_ALLOWED_PARTIAL_REFUND_WAITING_DEPOSIT EXCEED_MAX_REFUND_DUE "
                    + "EXCEED_CANCEL_LIMIT EXCEED_MAX_REFUND_AMOUNT NOT_ALLOWED_CHANGING_ACCOUNT"
        },
        {
            "404",
            "NOT_FOUND_PAYMENT NOT_FOUND_PAYMENT_SESSION NOT_FOUND NOT_FOUND_BILLING NOT_FOUND_HTTP_METHOD "
                    + "NOT_FOUND_MERCHANT NOT_FOUND_MERCHANT_INTEGRATION NOT_FOUND_METHOD PAYOUT_NOT_FOUND "
                    + "NOT_FOUND_SUBMALL NOT_FOUND_RECEIPT"
        },
        {"409", "IDEMPOTENT_REQUEST_PROCESSING"},
        {
            "500",
            "FAILED_PAYMENT_INTERNAL_SYSTEM_PROCESSING FAILED_INTERNAL_SYSTEM_PROCESSING UNKNOWN_PAYMENT_ERROR "
                    + "FAILED_REFUND_PROCESS FAILED_METHOD_HANDLING_CANCEL FAILED_PARTIAL_REFUND COMMON_ERROR "
                    + "FAILED_BILL_KEY_AUTH_CREATION FAILED_DB_PROCESSING FAILED_CARD_COMPANY_RESPONSE "
                    + "FAILED_BILLING_AUTO_CANCEL FAILED_HASH_DATA_CREATION FAILED_METHOD_HANDLING UNKNOWN_ERROR"
        }
    };

    private final RunningSandbox sandbox = RunningSandbox.shared();
    private final String orderId = RunningSandbox.newOrderId();

    static Stream<Arguments> published() {
        return Arrays.stream(PUBLISHED)
                .flatMap(row ->
                        Arrays.stream(row[1].split(" ", -1)).map(code -> Arguments.of(Integer.parseInt(row[0]), code)));
    }

    @ParameterizedTest
    @MethodSource("published")
    void every_published_code_comes_with_its_status(int status, String code) {
        Answer korean = sandbox.confirm("any", orderId, TEST_CODE, code);
        Answer english = sandbox.confirm("any", orderId, TEST_CODE, code, "Accept-Language", "en");

        assertThat(korean.status()).isEqualTo(status);
        assertThat(korean.text("code")).isEqualTo(code);
        assertThat(korean.text("message")).matches(".*[가-힣].*").hasSizeLessThan(510);
        assertThat(english.text("message")).matches("[ -~]+").isNotEqualTo(korean.text("message"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/payments",
                "/v1/payments/confirm",
                "/v1/payments/nobody/cancel",
                "/v1/payments/key-in",
                "/v1/virtual-accounts",
                "/v1/billing/authorizations/issue",
                "/v1/billing/nobody",
                "/v1/cash-receipts",
                "/v1/no/such/path"
            })
    void it_comes_before_everything_but_the_key(String path) {
        Answer asked = sandbox.post(path, "no json", TEST_CODE, "REJECT_CARD_PAYMENT");
        Answer unauthorized = sandbox.post(
                path,
                "no json",
                TEST_CODE,
                "REJECT_CARD_PAYMENT",
                "Authorization",
                RunningSandbox.basic("test_sk_typo"));

        assertThat(asked.status()).isEqualTo(403);
        assertThat(asked.text("code")).isEqualTo("REJECT_CARD_PAYMENT");
        assertThat(unauthorized.text("code")).isEqualTo("UNAUTHORIZED_KEY");
    }

    @ParameterizedTest
    @ValueSource(strings = {"NO_SUCH_CODE", "EXPIRED_PAYMENT", "reject_card_payment"})
    void a_code_nobody_published_is_invalid(String code) {
        Answer refused = sandbox.post("/v1/virtual-accounts", "{}", TEST_CODE, code);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text("code")).isEqualTo("INVALID_TEST_CODE");
    }

    @Test
    void a_get_ignores_it() {
        String paymentKey = sandbox.open(orderId);

        Answer found = sandbox.send(sandbox.toss("/v1/payments/" + paymentKey).header(TEST_CODE, "NOT_FOUND_PAYMENT"));

        assertThat(found.status()).isEqualTo(200);
    }

    @Test
    void a_running_request_can_be_played_each_time_and_leaves_the_key_unused() {
        String paymentKey = sandbox.authenticated(orderId);
        for (int attempt = 0; attempt < 3; attempt++) {
            Answer running = sandbox.confirm(
                    paymentKey, orderId, TEST_CODE, "IDEMPOTENT_REQUEST_PROCESSING", "Idempotency-Key", orderId);
            assertThat(running.status()).isEqualTo(409);
            assertThat(running.text("code")).isEqualTo("IDEMPOTENT_REQUEST_PROCESSING");
            assertThat(running.header("idempotency-key")).isEqualTo(orderId);
        }

        assertThat(sandbox.confirm(paymentKey, orderId, "Idempotency-Key", orderId)
                        .text("status"))
                .isEqualTo("DONE");
    }
}
