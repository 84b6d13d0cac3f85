package dev.wonflow.sandbox.error;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The codes a call can be refused with, and what is said to each in Korean and in English. Codes and HTTP statuses are
 * those Toss publishes; where it publishes no more than the gist of a message, the words are ours.
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

    // Inquiry and any call made too often.
    FORBIDDEN_CONSECUTIVE_REQUEST(
            403, "반복적인 요청은 허용되지 않습니다. 잠시 후 다시 시도해주세요.", "Repeated requests are not allowed. Try again in a moment."),
    TOO_MANY_REQUESTS(
            429, "요청이 너무 많습니다. 잠시 후 다시 시도해주세요.", "Too many requests. Try again in a moment.", Kind.UNPUBLISHED),

    // Cancel.
    ALREADY_CANCELED_PAYMENT(400, "이미 취소된 결제 입니다.", "The payment has already been cancelled."),
    ALREADY_REFUND_PAYMENT(400, "이미 환불된 결제입니다.", "The payment has already been refunded."),
    ALREADY_REFUNDING_PAYMENT(400, "이미 환불이 진행 중인 결제입니다.", "The payment is already being refunded."),
    NOT_MATCHES_REFUNDABLE_AMOUNT(
            400, "환불 가능한 잔액이 요청한 값과 일치하지 않습니다.", "The refundable amount is not the one the request names."),
    EXCEED_CANCEL_AMOUNT_DISCOUNT_AMOUNT(
            400, "즉시할인금액보다 적은 금액은 부분취소가 불가능합니다.", "A partial cancel cannot be smaller than the instant discount."),
    INVALID_REFUND_ACCOUNT_INFO(
            400, "환불 계좌번호와 예금주명이 일치하지 않습니다.", "The refund account and its holder do not belong together."),
    INVALID_REFUND_ACCOUNT_NUMBER(400, "잘못된 환불 계좌번호입니다.", "The number of the refund account is not valid."),
    INVALID_BANK(400, "유효하지 않은 은행입니다.", "The bank is not valid."),
    FORBIDDEN_BANK_REFUND_REQUEST(400, "고객 계좌가 입금이 되지 않는 상태입니다.", "The buyer's account takes no deposits at present."),
    REFUND_REJECTED(400, "환불이 거절되었습니다. 결제사에 문의 부탁드립니다.", "The refund was refused. Ask the provider."),
    INVALID_REFUND_AMOUNT(400, "잘못된 환불 금액입니다.", "The refund amount is not valid."),
    NOT_SUPPORTED_REFUND(400, "환불이 지원되지 않는 결제입니다.", "The payment cannot be refunded."),
    NOT_ALLOWED_REFUND_BANK(400, "환불할 수 없는 은행입니다.", "Refunds to this bank are not possible."),
    EXCEED_MAX_REFUND_AMOUNT(403, "환불 가능 금액을 초과했습니다.", "The refund is above what can be refunded."),
    NOT_CANCELABLE_AMOUNT(403, "취소 할 수 없는 금액 입니다.", "This amount cannot be cancelled."),
    NOT_CANCELABLE_PAYMENT(403, "취소 할 수 없는 결제 입니다.", "This payment cannot be cancelled."),
    NOT_CANCELABLE_PAYMENT_FOR_DORMANT_USER(
            403, "휴면 처리된 회원의 결제는 취소할 수 없습니다.", "The payment of a dormant member cannot be cancelled."),
    NOT_ALLOWED_PARTIAL_REFUND(
            403,
            "에스크로 주문, 현금 카드 결제 등의 사유로 부분 환불이 불가합니다.",
            "The payment cannot be refunded in part, for instance because of escrow or a cash card."),
    NOT_ALLOWED_PARTIAL_REFUND_WAITING_DEPOSIT(
            403, "입금 대기중인 결제는 부분 환불이 불가합니다.", "A payment that waits for its deposit cannot be refunded in part."),
    EXCEED_MAX_REFUND_DUE(403, "환불 가능한 기간이 지났습니다.", "The time for a refund has passed."),
    EXCEED_CANCEL_LIMIT(403, "취소 한도를 초과하였습니다.", "The limit for cancels is exceeded."),
    FAILED_REFUND_PROCESS(
            500, "은행 응답시간 지연이나 일시적인 오류로 환불요청에 실패했습니다.", "The refund failed because the bank was slow or out of order."),
    FAILED_METHOD_HANDLING_CANCEL(
            500, "취소 중 결제 시 사용한 결제 수단 처리과정에서 일시적인 오류가 발생했습니다.", "The method of payment failed while cancelling."),
    FAILED_PARTIAL_REFUND(500, "은행 점검, 해약 계좌 등의 사유로 부분 환불이 실패했습니다.", "The partial refund failed at the bank."),
    COMMON_ERROR(500, "일시적인 오류가 발생했습니다. 잠시 후 다시 시도해주세요.", "A temporary error occurred. Please try again in a moment."),

    // Card numbers and billing.
    DUPLICATED_ORDER_ID(400, "이미 승인 및 취소가 진행된 중복된 주문번호 입니다. 다른 주문번호로 진행해주세요.", "The order id has been used before."),
    NOT_SUPPORTED_CARD_TYPE(400, "지원되지 않는 카드 종류입니다.", "The type of card is not supported.", Kind.DECLINE),
    INVALID_CARD_PASSWORD(400, "카드 정보를 다시 확인해주세요. (비밀번호)", "Check the password of the card.", Kind.DECLINE),
    INVALID_CARD_IDENTITY(
            400,
            "입력하신 주민번호/사업자번호가 카드 소유주 정보와 일치하지 않습니다.",
            "The identity number is not that of the card's owner.",
            Kind.DECLINE),
    INVALID_BIRTH_DAY_FORMAT(
            400,
            "생년월일 정보는 6자리의 `yyMMdd` 형식이어야 합니다. 사업자등록번호는 10자리의 숫자여야 합니다.",
            "A birthday has six digits, a business number ten."),
    NOT_REGISTERED_CARD_COMPANY(
            400, "카드를 사용 등록 후 이용해주세요.", "Register the card with its issuer before using it.", Kind.DECLINE),
    INVALID_EMAIL(400, "이메일 주소 형식에 맞지 않습니다.", "The e-mail address is not valid."),
    INVALID_BILLING_AUTH(400, "유효하지 않은 빌링 인증입니다.", "The billing authorisation is not valid."),
    INVALID_BILL_KEY_REQUEST(
            400, "빌링키 인증이 완료되지 않았거나 유효하지 않은 빌링 거래 건입니다.", "The billing key is not valid or not completely authorised."),
    NOT_MATCHES_CUSTOMER_KEY(
            400, "빌링 인증 고객키와 결제 요청 고객키가 일치하지 않습니다.", "The billing key belongs to another customer key."),
    ALREADY_REMOVED_BILLING_KEY(400, "이미 삭제된 빌링키 입니다.", "The billing key has been deleted."),
    BILLING_KEY_NOT_FOUND(400, "존재하지 않는 빌링키 입니다.", "The billing key does not exist."),
    NOT_FOUND_BILLING(404, "존재하지 않는 빌링 결제 인증 정보 입니다.", "The billing does not exist."),
    FAILED_BILL_KEY_AUTH_CREATION(
            500, "빌링 결제 인증 중 키 생성에 실패했습니다. 잠시 후 다시 시도해주세요.", "The authorisation of a billing key failed."),
    FAILED_BILLING_AUTO_CANCEL(500, "자동결제의 자동 취소에 실패했습니다.", "An automatic cancel of a billing payment failed."),
    FAILED_DB_PROCESSING(
            500, "잘못된 요청 값으로 처리 중 DB 에러가 발생했습니다.", "A value of the request led to an error of the database."),
    FAILED_CARD_COMPANY_RESPONSE(
            500, "카드사에서 에러가 발생했습니다. 잠시 후 다시 시도해 주세요.", "The card company reported an error. Try again in a moment."),

    // Virtual accounts.
    INVALID_REGISTRATION_NUMBER_TYPE(400, "유효하지 않은 등록 번호 타입입니다.", "The type of the registration number is not valid."),
    INVALID_DATE(400, "날짜 데이터가 잘못 되었습니다.", "The date is not valid."),
    EXCEED_MAX_DUE_DATE(400, "가상 계좌의 최대 유효만료 기간을 초과했습니다.", "The due date is too far away for a virtual account."),
    EXCEED_MAX_VALID_HOURS(400, "가상 계좌의 최대 유효시간을 초과했습니다.", "The valid hours are too many for a virtual account."),
    INVALID_VALID_HOURS_WITH_DUE_DATE_AND_SINGLE(
            400, "validHours와 dueDate는 동시에 사용할 수 없습니다.", "validHours and dueDate exclude each other."),
    REQUIRED_ACCOUNT_KEY(400, "고정식 가상계좌는 accountKey가 필요합니다.", "A fixed virtual account needs an account key."),

    // Opening a payment.
    INVALID_SUCCESS_URL(400, "successUrl 값은 필수입니다.", "successUrl is required."),
    INVALID_FLOW_MODE_PARAMETERS(
            400,
            "flowMode가 DIRECT이면 카드사 또는 간편결제 정보가 필요합니다.",
            "A direct flow needs a card company or an easy-pay provider."),

    // Transactions, settlements, cash receipts, payouts.
    INVALID_TRANSACTION_KEY(400, "잘못된 트랜잭션 키입니다.", "The transaction key is not valid."),
    API_VERSION_UPDATE_NEEDED(400, "API 버전을 업데이트해야 사용할 수 있습니다.", "This needs a newer version of the API."),
    INVALID_BUSINESS_NUMBER(400, "사업자 등록번호가 잘못되었습니다.", "The business number is not valid."),
    DUPLICATED_CASH_RECEIPT(400, "이미 현금영수증이 발급된 주문입니다.", "The order has its cash receipt."),
    INVALID_CASH_RECEIPT_INFO(400, "현금 영수증 정보가 잘못되었습니다.", "The details of the cash receipt are not valid."),
    NOT_FOUND_RECEIPT(404, "존재하지 않는 현금영수증입니다.", "The cash receipt does not exist."),
    NOT_FOUND_METHOD(404, "존재하지 않는 결제 수단입니다.", "The method does not exist."),
    NOT_FOUND_MERCHANT(404, "존재하지 않는 상점 정보 입니다.", "The merchant does not exist."),
    NOT_FOUND_MERCHANT_INTEGRATION(404, "존재하지 않는 상점 연동 정보 입니다.", "The merchant has no such integration."),
    NOT_FOUND_SUBMALL(404, "존재하지 않는 서브몰입니다.", "The sub-mall does not exist."),
    PAYOUT_NOT_FOUND(404, "존재하지 않는 지급 요청입니다.", "The payout does not exist."),

    FORBIDDEN_SELLER_PAYOUT(
            403,
            "본인인증 또는 고객확인(KYC)이 필요한 셀러입니다. 상태가 PARTIALLY_APPROVED 또는 APPROVED인 셀러에게만 지급을 요청할 수 있습니다.",
            "The seller has to prove who they are, or to be examined (KYC), before anything can be paid to them.",
            Kind.UNPUBLISHED),

    // Listed by Toss without an endpoint.
    ACCOUNT_OWNER_CHECK_FAILED(400, "계좌 소유주를 확인하지 못했습니다.", "The owner of the account could not be checked."),
    ALREADY_CLOSE_ACCOUNT(400, "이미 해지된 계좌입니다.", "The account has been closed."),
    ALREADY_COMPLETED_PAYMENT(400, "이미 완료된 결제 입니다.", "The payment has already been completed."),
    DUPLICATED_REQUEST(400, "중복된 요청입니다.", "The request was made before."),
    EXCEED_MAX_QUERY_LIMIT(400, "최대 조회 개수를 초과했습니다.", "More is asked for than one answer may hold."),
    INVALID_ACCOUNT_NUMBER(400, "잘못된 계좌번호입니다.", "The account number is not valid."),
    INVALID_CARD_COMPANY(400, "유효하지 않은 카드사입니다.", "The card company is not valid."),
    INVALID_CLIENT_KEY(400, "잘못된 클라이언트 연동 정보 입니다.", "The client key is not valid."),
    INVALID_CUSTOMER_KEY(400, "잘못된 고객 키입니다.", "The customer key is not valid."),
    INVALID_EASY_PAY(400, "잘못된 간편결제 정보입니다.", "The easy-pay provider is not valid."),
    INVALID_ISO_DATE_FORMAT(400, "날짜는 ISO 8601 형식이어야 합니다.", "A date must follow ISO 8601."),
    INVALID_PAGING_KEY(400, "잘못된 페이징 키 입니다.", "The paging key is not valid."),
    INVALID_PAYMENT_KEY(400, "잘못된 결제 키입니다.", "The payment key is not valid."),
    INVALID_REQUIRED_PARAM(400, "필수 파라미터가 누락되었습니다.", "A required parameter is missing."),
    INVALID_URL(400, "잘못된 URL입니다.", "The address is not valid."),
    INVALID_URL_FORMAT(400, "URL 형식이 잘못되었습니다.", "The address is malformed."),
    MAINTAINED_METHOD(400, "현재 점검 중인 결제 수단입니다.", "The method is under maintenance."),
    NOT_ENOUGH_AMOUNT(400, "금액이 부족합니다.", "The amount is not enough."),
    NOT_SUPPORTED_PROCESS(400, "지원되지 않는 처리입니다.", "This way of processing is not supported."),
    NOT_SUPPORTED_USD(400, "달러 결제가 지원되지 않습니다.", "Payments in US dollars are not supported."),
    PAY_PROCESS_ABORTED(400, "결제 진행 중 승인에 실패하여 결제가 중단되었습니다.", "The payment was stopped because it failed on the way."),
    PAY_PROCESS_CANCELED(400, "사용자에 의해 결제가 취소되었습니다.", "The buyer cancelled the payment."),
    USER_ACCOUNT_ON_HOLD(400, "이용이 정지된 사용자입니다.", "The account of the user is on hold."),
    NOT_ALLOWED_CHANGING_ACCOUNT(403, "계좌를 변경할 수 없습니다.", "The account cannot be changed."),
    FAILED_HASH_DATA_CREATION(500, "해시 데이터 생성에 실패했습니다.", "Hash data could not be made."),
    FAILED_METHOD_HANDLING(500, "결제 수단 처리 중 일시적인 오류가 발생했습니다.", "The method of payment failed for a moment."),
    UNKNOWN_ERROR(500, "알 수 없는 에러입니다.", "An unknown error occurred."),

    // The browser SDK raises them, about what was chosen in its widgets.
    EXCEED_DEPOSIT_AMOUNT_LIMIT(
            400,
            "가상계좌 입금 제한 금액을 초과했어요. 다른 결제수단을 이용해주세요.",
            "The amount is above what a virtual account takes. Choose another method.",
            Kind.UNPUBLISHED),
    PROVIDER_STATUS_UNHEALTHY(
            400,
            "결제 기관(카드사, 은행, 국세청 등) 오류입니다. 다른 결제수단을 선택해 주세요.",
            "The card company or provider is out of order. Choose another method.",
            Kind.UNPUBLISHED),
    UNSUPPORTED_TEST_PHASE_PAYMENT_METHOD(
            400, "테스트 환경을 지원하지 않는 결제수단입니다.", "This method takes no test payments.", Kind.UNPUBLISHED),

    // Never the answer to a call: a payment or a receipt carries them.
    EXPIRED_PAYMENT(400, "결제가 만료되었습니다. 다시 시도해주세요.", "The payment has expired. Please try again.", Kind.UNPUBLISHED),
    NTS_ERROR(400, "국세청에서 처리하지 못했습니다.", "The tax office refused it.", Kind.UNPUBLISHED);

    private enum Kind {
        /** Money did not move, and the same attempt will never succeed. */
        DECLINE,
        OTHER,
        /** Not in Toss's tables of what a call can be refused with. */
        UNPUBLISHED
    }

    private static final Map<String, TossError> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(TossError::name, Function.identity()));

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
        return Optional.ofNullable(BY_NAME.get(code));
    }

    /** The HTTP status this code comes with. It says nothing about whether the payment can still succeed. */
    public int status() {
        return status;
    }

    /** What Toss says, in Korean unless English is asked for. */
    public String message(Locale locale) {
        return locale.getLanguage().equals(Locale.ENGLISH.getLanguage()) ? english : korean;
    }

    /** Whether Toss lists this among the codes a call can be refused with. */
    public boolean isPublished() {
        return kind != Kind.UNPUBLISHED;
    }

    /** Whether the same call may go through later, and may even have gone through this time. */
    public boolean isTemporary() {
        return status >= 500 || this == PROVIDER_ERROR;
    }

    /** Whether this is a definite decline: money did not move, and the same attempt will never succeed. */
    public boolean isDecline() {
        return kind == Kind.DECLINE;
    }
}
