package dev.wonflow.sandbox.error;

import java.util.Locale;
import java.util.Optional;

/**
 * The codes a call can be refused with, and what Toss says to each in Korean and in English.
 *
 * @see <a href="https://docs.tosspayments.com/reference/error-codes">Toss error codes</a>
 */
public enum TossError {
    ALREADY_PROCESSED_PAYMENT(400, "이미 처리된 결제 입니다.", "This payment has already been processed."),
    PROVIDER_ERROR(
            400, "일시적인 오류가 발생했습니다. 잠시 후 다시 시도해주세요.", "A temporary error occurred. Please try again in a moment."),
    CARD_PROCESSING_ERROR(400, "카드사에서 오류가 발생했습니다.", "The card company reported an error."),
    INVALID_REQUEST(400, "잘못된 요청입니다.", "The bad request."),
    INVALID_API_KEY(400, "잘못된 시크릿키 연동 정보 입니다.", "Incorrect secret key."),
    INVALID_AUTHORIZE_AUTH(400, "유효하지 않은 인증 방식입니다.", "The authentication method is not valid."),
    INVALID_IDEMPOTENCY_KEY(400, "멱등키는 300자 이하여야 합니다.", "The idempotency key must be 300 characters or less."),
    INVALID_TEST_CODE(400, "유효하지 않은 테스트 코드입니다.", "The test code is not valid."),
    INVALID_ORDER_ID(
            400,
            "orderId는 영문 대소문자, 숫자, 특수문자(-, _, =) 로 이루어진 6자 이상 64자 이하의 문자열이어야 합니다.",
            "orderId must be 6 to 64 characters: letters, digits and the characters -, _ and =."),
    INVALID_ORDER_NAME(400, "주문이름은 100자 이하여야 합니다.", "The order name must be 100 characters or less."),
    REQUIRED_AMOUNT(400, "결제 금액은 필수입니다.", "The amount is required."),
    BELOW_ZERO_AMOUNT(400, "금액은 0보다 커야 합니다.", "The amount must be greater than zero."),
    INCORRECT_SUCCESS_URL_FORMAT(
            400, "잘못된 successUrl 입니다. 도메인을 포함한 전체 주소여야 합니다.", "successUrl must be a complete address."),
    INCORRECT_FAIL_URL_FORMAT(400, "잘못된 failUrl 입니다. 도메인을 포함한 전체 주소여야 합니다.", "failUrl must be a complete address."),
    INVALID_CURRENCY(400, "잘못된 통화 값입니다.", "The currency is not valid."),
    NOT_SUPPORTED_METHOD(400, "지원되지 않는 결제 수단입니다.", "The payment method is not supported."),
    NOT_FOUND_TERMINAL_ID(400, "단말기번호(Terminal Id)가 없습니다. 토스페이먼츠로 문의 바랍니다.", "The terminal id is missing."),
    INVALID_UNREGISTERED_SUBMALL(
            400, "등록되지 않은 서브몰입니다. 서브몰이 없는 가맹점이라면 안심클릭이나 ISP 결제가 필요합니다.", "The sub-mall is not registered."),
    NOT_REGISTERED_BUSINESS(400, "등록되지 않은 사업자 번호입니다.", "The business number is not registered."),
    UNAPPROVED_ORDER_ID(400, "아직 승인되지 않은 주문번호입니다.", "The order has not been approved yet."),
    BELOW_MINIMUM_AMOUNT(
            400,
            "신용카드는 결제금액이 100원 이상, 계좌는 200원이상부터 결제가 가능합니다.",
            "A card payment takes at least 100 won, an account payment at least 200 won."),
    EXCEED_MAX_CARD_INSTALLMENT_PLAN(400, "설정 가능한 최대 할부 개월 수를 초과했습니다.", "Too many instalments.", Kind.DECLINE),
    NOT_SUPPORTED_INSTALLMENT_PLAN_CARD_OR_MERCHANT(
            400, "할부가 지원되지 않는 카드 또는 가맹점 입니다.", "Instalments are not supported here.", Kind.DECLINE),
    INVALID_CARD_INSTALLMENT_PLAN(400, "할부 개월 정보가 잘못되었습니다.", "The instalment plan is not valid.", Kind.DECLINE),
    NOT_SUPPORTED_MONTHLY_INSTALLMENT_PLAN(400, "할부가 지원되지 않는 카드입니다.", "The card has no instalments.", Kind.DECLINE),
    NOT_ALLOWED_POINT_USE(
            400, "포인트 사용이 불가한 카드로 카드 포인트 결제에 실패했습니다.", "Points cannot be used with this card.", Kind.DECLINE),
    INVALID_REJECT_CARD(400, "카드 사용이 거절되었습니다. 카드사 문의가 필요합니다.", "The card was refused. Ask its issuer.", Kind.DECLINE),
    INVALID_CARD_EXPIRATION(400, "카드 정보를 다시 확인해주세요. (유효기간)", "Check the expiry date of the card.", Kind.DECLINE),
    INVALID_STOPPED_CARD(400, "정지된 카드 입니다.", "The card is suspended.", Kind.DECLINE),
    INVALID_CARD_LOST_OR_STOLEN(400, "분실 혹은 도난 카드입니다.", "The card was reported lost or stolen.", Kind.DECLINE),
    INVALID_CARD_NUMBER(400, "카드번호를 다시 확인해주세요.", "Check the card number.", Kind.DECLINE),
    EXCEED_MAX_DAILY_PAYMENT_COUNT(400, "하루 결제 가능 횟수를 초과했습니다.", "Too many payments in one day.", Kind.DECLINE),
    EXCEED_MAX_PAYMENT_AMOUNT(400, "하루 결제 가능 금액을 초과했습니다.", "The daily limit is exceeded.", Kind.DECLINE),
    EXCEED_MAX_MONTHLY_PAYMENT_AMOUNT(
            400, "당월 결제 가능금액인 1,000,000원을 초과 하셨습니다.", "The monthly limit of 1,000,000 won is exceeded.", Kind.DECLINE),
    EXCEED_MAX_AMOUNT(400, "거래금액 한도를 초과했습니다.", "The amount is above the limit of a payment.", Kind.DECLINE),
    EXCEED_MAX_ONE_DAY_WITHDRAW_AMOUNT(
            400, "1일 출금 한도를 초과했습니다.", "The daily withdrawal limit is exceeded.", Kind.DECLINE),
    EXCEED_MAX_ONE_TIME_WITHDRAW_AMOUNT(
            400, "1회 출금 한도를 초과했습니다.", "The limit of one withdrawal is exceeded.", Kind.DECLINE),
    EXCEEDS_TRANSFER_AMOUNT_MAXIMUM(
            400, "계좌이체는 1회 10,000,000원까지 가능합니다.", "A transfer takes at most 10,000,000 won.", Kind.DECLINE),
    RESTRICTED_TRANSFER_ACCOUNT(
            400, "계좌는 등록 후 12시간 뒤부터 결제할 수 있습니다.", "The account can pay 12 hours after it is registered.", Kind.DECLINE),
    INVALID_ACCOUNT_INFO_RE_REGISTER(
            400, "유효하지 않은 계좌입니다. 계좌 재등록 후 시도해주세요.", "Register the account again.", Kind.DECLINE),
    NOT_AVAILABLE_PAYMENT(400, "결제가 불가능한 시간대입니다.", "Payments are not possible at this hour.", Kind.DECLINE),
    UNAUTHORIZED_KEY(401, "인증되지 않은 시크릿 키 혹은 클라이언트 키 입니다.", "The secret key or client key is not authorised."),
    REJECT_CARD_PAYMENT(403, "한도초과 혹은 잔액부족으로 결제에 실패했습니다.", "Over the limit, or not enough balance.", Kind.DECLINE),
    REJECT_CARD_COMPANY(403, "결제 승인이 거절되었습니다.", "The card company declined the payment.", Kind.DECLINE),
    REJECT_ACCOUNT_PAYMENT(403, "잔액부족으로 결제에 실패했습니다.", "Not enough balance.", Kind.DECLINE),
    REJECT_TOSSPAY_INVALID_ACCOUNT(
            403, "선택하신 출금 계좌가 출금이체 등록이 되어 있지 않아요.", "The account is not registered for withdrawals.", Kind.DECLINE),
    EXCEED_MAX_AUTH_COUNT(403, "최대 인증 횟수를 초과했습니다. 카드사로 문의해주세요.", "Too many authentications.", Kind.DECLINE),
    EXCEED_MAX_ONE_DAY_AMOUNT(403, "일일 한도를 초과했습니다.", "The daily limit is exceeded.", Kind.DECLINE),
    NOT_AVAILABLE_BANK(403, "은행 서비스 시간이 아닙니다.", "The bank is closed at this hour.", Kind.DECLINE),
    INVALID_PASSWORD(403, "결제 비밀번호가 일치하지 않습니다.", "The payment password is wrong.", Kind.DECLINE),
    FDS_ERROR(
            403,
            "위험거래가 감지되어 결제가 제한됩니다. 발송된 문자에 포함된 링크를 통해 본인인증 후 결제가 가능합니다.",
            "The payment looks risky; the buyer must verify by the link in the text message.",
            Kind.DECLINE),
    FORBIDDEN_REQUEST(403, "허용되지 않은 요청입니다.", "The request is not allowed."),
    INCORRECT_BASIC_AUTH_FORMAT(403, "잘못된 요청입니다. ':' 를 포함해 인코딩해주세요.", "The encoded credential must contain ':'."),
    NOT_FOUND(404, "존재하지 않는 정보 입니다.", "There is nothing here."),
    NOT_FOUND_HTTP_METHOD(404, "지원하지 않는 HTTP Method 입니다.", "The HTTP method is not supported here."),
    NOT_FOUND_PAYMENT(404, "존재하지 않는 결제 정보 입니다.", "The payment does not exist."),
    NOT_FOUND_PAYMENT_SESSION(
            404, "결제 시간이 만료되어 결제 진행 데이터가 존재하지 않습니다.", "The time for this payment has run out and its session is gone."),
    IDEMPOTENT_REQUEST_PROCESSING(409, "이전 멱등 요청이 처리중입니다.", "The first request with this key is still running."),
    FAILED_PAYMENT_INTERNAL_SYSTEM_PROCESSING(
            500, "결제가 완료되지 않았어요. 다시 시도해주세요.", "The payment was not completed. Please try again."),
    FAILED_INTERNAL_SYSTEM_PROCESSING(
            500, "내부 시스템 처리 작업이 실패했습니다. 잠시 후 다시 시도해주세요.", "An internal task failed. Please try again in a moment."),
    UNKNOWN_PAYMENT_ERROR(
            500, "결제에 실패했어요. 같은 문제가 반복된다면 은행이나 카드사로 문의해주세요.", "The payment failed for an unknown reason."),

    // These two are never the answer to a call: a redirect or a payment carries them.
    PAY_PROCESS_CANCELED(400, "사용자에 의해 결제가 취소되었습니다.", "The buyer cancelled the payment."),
    EXPIRED_PAYMENT(400, "결제가 만료되었습니다. 다시 시도해주세요.", "The payment has expired. Please try again.");

    private enum Kind {
        /** Money did not move, and the same attempt will never succeed. */
        DECLINE,
        OTHER
    }

    private final int status;
    private final String korean;
    private final String english;
    private final Kind kind;

    TossError(int status, String korean, String english) {
        this(status, korean, english, Kind.OTHER);
    }

    TossError(int status, String korean, String english, Kind kind) {
        this.status = status;
        this.korean = korean;
        this.english = english;
        this.kind = kind;
    }

    /** Finds a code by its name; codes are an open set, so a name not listed here may still exist at Toss. */
    public static Optional<TossError> of(String code) {
        for (TossError error : values()) {
            if (error.name().equals(code)) {
                return Optional.of(error);
            }
        }
        return Optional.empty();
    }

    /** The HTTP status this code comes with. It says nothing about whether the payment can still succeed. */
    public int status() {
        return status;
    }

    /** What Toss says, in Korean unless English is asked for. */
    public String message(Locale locale) {
        return locale.getLanguage().equals(Locale.ENGLISH.getLanguage()) ? english : korean;
    }

    /** Whether this is a definite decline: money did not move, and the same attempt will never succeed. */
    public boolean isDecline() {
        return kind == Kind.DECLINE;
    }
}
