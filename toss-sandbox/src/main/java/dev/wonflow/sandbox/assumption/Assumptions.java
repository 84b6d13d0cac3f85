package dev.wonflow.sandbox.assumption;

import dev.wonflow.sandbox.error.TossError;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of what the documentation of Toss leaves open. Each is marked <em>documented</em>, <em>seen</em> (reported
 * from the real test API) or <em>assumed</em>; a client must be safe whichever way it is set.
 *
 * @param confirmOfAnotherOrder code when a confirm names another amount or order than the session; that it is refused
 *     is documented, the code is assumed (alternative: FORBIDDEN_REQUEST)
 * @param confirmOfUnknownPayment code when nobody ever opened the payment key; assumed (alternative:
 *     NOT_FOUND_PAYMENT_SESSION)
 * @param confirmByOlderPath Whether {@code POST /v1/payments/{paymentKey}} confirms like {@code /v1/payments/confirm};
 *     seen (samples of Toss did so in 2024)
 * @param confirmOfOrderNumber Whether a confirm takes a number as {@code orderId}, as a virtual account does; that it
 *     fails was seen
 * @param confirmBeforeAuthentication code when the buyer has not authenticated yet; assumed (alternative:
 *     UNAPPROVED_ORDER_ID)
 * @param abortedByDecline Whether a definite decline ends the payment as ABORTED with a webhook; otherwise it stays
 *     IN_PROGRESS and can be confirmed again; assumed
 * @param abortedInWindow Whether a decline inside the payment window ends the payment as ABORTED with a webhook;
 *     otherwise it stays READY; assumed
 * @param acceptedDespiteTemporaryError Whether a confirm that is refused with PROVIDER_ERROR or a 5xx code took the
 *     money all the same, so that only asking tells; otherwise the payment stays IN_PROGRESS; assumed
 * @param concurrentConfirmFails Whether a confirm that comes while another one of the same payment runs is a 500
 *     FAILED_PAYMENT_INTERNAL_SYSTEM_PROCESSING whose message begins with [S008]; otherwise it waits and finds
 *     ALREADY_PROCESSED_PAYMENT; both seen
 * @param serverErrorsKept Whether an answer with a 5xx status is kept under its Idempotency-Key like any other; assumed
 * @param secretOfCards Whether a card payment carries a secret; seen (alternative: null, as examples of the
 *     documentation show)
 * @param secretOfBillingCharges Whether a charge to a billing key carries a secret; seen both ways, without one in 2023
 * @param equalsSignInOrderId Whether an order id may contain {@code =}; documented both ways
 * @param shortOrderIdOfVirtualAccount Whether a virtual account that is issued without a window takes an order id of
 *     less than 6 characters; seen (the documentation says it does not)
 * @param fixedAccounts Whether the merchant has the contract that fixed virtual accounts take; otherwise they are
 *     refused as NOT_SUPPORTED_METHOD, a code that is assumed
 * @param dueDateWithOffset Whether the due date of a virtual account carries {@code +09:00}; seen (the documentation
 *     says it does not)
 * @param doneFirstByOrder Whether an inquiry by order prefers the payment that is DONE; otherwise the newest is found;
 *     assumed
 * @param cancelOfOtherStatus code when a payment that is not paid and waits for no deposit is to be cancelled; assumed
 *     (alternative: FORBIDDEN_REQUEST)
 * @param canceledByTheLastPart Whether a cancel of all that partial cancels left makes the payment CANCELED; otherwise
 *     it stays PARTIAL_CANCELED with a balance of zero; assumed
 * @param cancelWithoutRefundAccount code when a paid virtual account is to be cancelled without an account to refund
 *     to; assumed (alternative: INVALID_REQUEST)
 * @param webhookOfBillingCancel Whether the cancel of a payment by billing key is announced; assumed
 * @param billingAsRecorded Whether a Billing object is as in recordings of 2023: {@code authenticatedAt} with
 *     microseconds, no {@code easyPay}, and {@code transfers} of an account only; seen (alternative: whole seconds, and
 *     both null, as examples of the documentation show)
 * @param cardNumbersByBin Whether a card number is one only if Toss was seen to know its first digits, and one from
 *     abroad is not charged; seen (alternative: any number is a card, so that a test can make one up)
 * @param secondBillingDelete what deleting a billing key a second time is answered with; assumed
 * @param issueByInvalidAuthKey code when an authKey is unknown, spent or too old; assumed (alternatives:
 *     NOT_FOUND_BILLING, INVALID_REQUEST)
 * @param issueForAnotherCustomer code when an authKey comes with another customer key than the window was opened for;
 *     that it is refused is documented, the code is assumed (alternative: NOT_MATCHES_CUSTOMER_KEY)
 * @param chargeOfUnknownBillingKey code when nobody ever issued the billing key that is charged; assumed (alternative:
 *     NOT_FOUND_BILLING)
 * @param deleteOfUnknownBillingKey code when nobody ever issued the billing key that is deleted; assumed (alternatives:
 *     BILLING_KEY_NOT_FOUND, INVALID_BILL_KEY_REQUEST)
 * @param overseasCancelInProgress Whether a cancel of overseas easy pay is IN_PROGRESS at first, and the status of the
 *     payment waits for its end; documented (alternative: DONE at once, as a PayPal payment was seen)
 * @param cancelRequestIdRequired Whether a cancel of overseas easy pay without {@code cancelRequestId} is refused as
 *     INVALID_REQUEST; that it is not was seen
 * @param cancelRequestIdOnce Whether a second cancel of a payment under the same {@code cancelRequestId} is refused as
 *     DUPLICATED_REQUEST, whatever became of the first; otherwise it is a cancel like any other; assumed
 * @param negativeCancelTransactions Whether the transaction of a cancel carries a negative amount; that it does not was
 *     seen
 * @param transmissionIdPerAttempt Whether each attempt to deliver a webhook has a transmission id of its own; otherwise
 *     one stays over all retries; assumed
 * @param webhookAcceptedByAnySuccess Whether an answer of 201 to 299 counts as success of a webhook like 200 does,
 *     which alone is documented; assumed
 * @param signatureKeyDecoded Whether webhooks are signed with the 32 bytes the security key spells in hex; otherwise
 *     with its text; assumed
 * @param trailingSlash Whether a path of the API may end in a slash; assumed
 * @param unknownSdkParameterRefused Whether the browser SDK refuses a parameter it does not know, with
 *     INVALID_PARAMETERS; documented (alternative: it is not looked at)
 * @param destroyOfNothingFails Whether {@code payment.destroy()} without an open window is NO_ACTIVE_PAYMENT_REQUEST;
 *     documented both ways
 */
@ConfigurationProperties("wonflow.sandbox.assumptions")
public record Assumptions(
        @DefaultValue("INVALID_REQUEST") TossError confirmOfAnotherOrder,
        @DefaultValue("NOT_FOUND_PAYMENT") TossError confirmOfUnknownPayment,
        @DefaultValue("true") boolean confirmByOlderPath,
        @DefaultValue("false") boolean confirmOfOrderNumber,
        @DefaultValue("NOT_FOUND_PAYMENT_SESSION") TossError confirmBeforeAuthentication,
        @DefaultValue("true") boolean abortedByDecline,
        @DefaultValue("true") boolean abortedInWindow,
        @DefaultValue("false") boolean acceptedDespiteTemporaryError,
        @DefaultValue("false") boolean concurrentConfirmFails,
        @DefaultValue("true") boolean serverErrorsKept,
        @DefaultValue("true") boolean secretOfCards,
        @DefaultValue("false") boolean secretOfBillingCharges,
        @DefaultValue("true") boolean equalsSignInOrderId,
        @DefaultValue("true") boolean shortOrderIdOfVirtualAccount,
        @DefaultValue("true") boolean fixedAccounts,
        @DefaultValue("true") boolean dueDateWithOffset,
        @DefaultValue("true") boolean doneFirstByOrder,
        @DefaultValue("NOT_CANCELABLE_PAYMENT") TossError cancelOfOtherStatus,
        @DefaultValue("false") boolean canceledByTheLastPart,
        @DefaultValue("INVALID_REFUND_ACCOUNT_INFO") TossError cancelWithoutRefundAccount,
        @DefaultValue("true") boolean webhookOfBillingCancel,
        @DefaultValue("true") boolean billingAsRecorded,
        @DefaultValue("false") boolean cardNumbersByBin,
        @DefaultValue("ALREADY_REMOVED_BILLING_KEY") SecondBillingDelete secondBillingDelete,
        @DefaultValue("INVALID_BILLING_AUTH") TossError issueByInvalidAuthKey,
        @DefaultValue("INVALID_BILLING_AUTH") TossError issueForAnotherCustomer,
        @DefaultValue("INVALID_BILL_KEY_REQUEST") TossError chargeOfUnknownBillingKey,
        @DefaultValue("NOT_FOUND_BILLING") TossError deleteOfUnknownBillingKey,
        @DefaultValue("true") boolean overseasCancelInProgress,
        @DefaultValue("false") boolean cancelRequestIdRequired,
        @DefaultValue("true") boolean cancelRequestIdOnce,
        @DefaultValue("false") boolean negativeCancelTransactions,
        @DefaultValue("false") boolean transmissionIdPerAttempt,
        @DefaultValue("false") boolean webhookAcceptedByAnySuccess,
        @DefaultValue("false") boolean signatureKeyDecoded,
        @DefaultValue("true") boolean trailingSlash,
        @DefaultValue("true") boolean unknownSdkParameterRefused,
        @DefaultValue("true") boolean destroyOfNothingFails) {

    /** What can answer the second deletion of a billing key. */
    public enum SecondBillingDelete {
        ALREADY_REMOVED_BILLING_KEY,
        NOT_FOUND_BILLING,
        /** 200 with an empty body, as the first time. */
        OK
    }
}
