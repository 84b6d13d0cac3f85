package dev.wonflow.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.sandbox.assumption.Assumptions;
import dev.wonflow.sandbox.error.TossError;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Each undocumented point both ways: as shipped, and turned round. */
class AssumptionsTest {

    private static final String PREFIX = "wonflow.sandbox.assumptions.";

    private final String orderId = RunningSandbox.newOrderId();

    @Test
    void as_shipped_they_are_these() {
        Assumptions shipped = Assumed.with();

        assertThat(shipped.confirmOfAnotherOrder()).isEqualTo(TossError.INVALID_REQUEST);
        assertThat(shipped.confirmOfUnknownPayment()).isEqualTo(TossError.NOT_FOUND_PAYMENT);
        assertThat(shipped.abortedByDecline()).isTrue();
        assertThat(shipped.acceptedDespiteTemporaryError()).isFalse();
        assertThat(shipped.concurrentConfirmFails()).isFalse();
        assertThat(shipped.serverErrorsKept()).isTrue();
        assertThat(shipped.doneFirstByOrder()).isTrue();
        assertThat(shipped.secretOfCards()).isTrue();
        assertThat(shipped.cancelOfOtherStatus()).isEqualTo(TossError.NOT_CANCELABLE_PAYMENT);
        assertThat(shipped.cancelWithoutRefundAccount()).isEqualTo(TossError.INVALID_REFUND_ACCOUNT_INFO);
        assertThat(shipped.negativeCancelTransactions()).isFalse();
        assertThat(shipped.transmissionIdPerAttempt()).isFalse();
        assertThat(shipped.signatureKeyDecoded()).isFalse();
        assertThat(shipped.dueDateWithOffset()).isTrue();
        assertThat(shipped.secondBillingDelete())
                .isEqualTo(Assumptions.SecondBillingDelete.ALREADY_REMOVED_BILLING_KEY);
        assertThat(shipped.webhookOfBillingCancel()).isTrue();
        assertThat(shipped.equalsSignInOrderId()).isTrue();
        assertThat(shipped.unknownSdkParameterRefused()).isTrue();
        assertThat(shipped.destroyOfNothingFails()).isTrue();
        assertThat(shipped.webhookAcceptedByAnySuccess()).isFalse();
        assertThat(shipped.abortedInWindow()).isTrue();
        assertThat(shipped.confirmBeforeAuthentication()).isEqualTo(TossError.NOT_FOUND_PAYMENT_SESSION);
        assertThat(shipped.issueByInvalidAuthKey()).isEqualTo(TossError.INVALID_BILLING_AUTH);
        assertThat(shipped.issueForAnotherCustomer()).isEqualTo(TossError.INVALID_BILLING_AUTH);
        assertThat(shipped.chargeOfUnknownBillingKey()).isEqualTo(TossError.INVALID_BILL_KEY_REQUEST);
        assertThat(shipped.deleteOfUnknownBillingKey()).isEqualTo(TossError.NOT_FOUND_BILLING);
        assertThat(shipped.confirmByOlderPath()).isTrue();
        assertThat(shipped.confirmOfOrderNumber()).isFalse();
        assertThat(shipped.secretOfBillingCharges()).isFalse();
        assertThat(shipped.shortOrderIdOfVirtualAccount()).isTrue();
        assertThat(shipped.fixedAccounts()).isTrue();
        assertThat(shipped.canceledByTheLastPart()).isFalse();
        assertThat(shipped.billingAsRecorded()).isTrue();
        assertThat(shipped.cardNumbersByBin()).isFalse();
        assertThat(shipped.trailingSlash()).isTrue();
    }

    @Test
    void shipped_an_order_id_may_contain_an_equals_sign_and_a_due_date_has_its_offset() {
        RunningSandbox sandbox = RunningSandbox.shared();
        Till till = new Till(sandbox);

        JsonNode payment = sandbox.payment(till.waiting(orderId + "=", 10_000)).json();

        assertThat(payment.at("/virtualAccount/dueDate").asString()).endsWith("+09:00");
    }

    @Test
    void turned_round_they_are_obeyed() {
        try (RunningSandbox sandbox = RunningSandbox.start(
                PREFIX + "equals-sign-in-order-id=false",
                PREFIX + "due-date-with-offset=false",
                PREFIX + "done-first-by-order=false",
                PREFIX + "cancel-of-other-status=FORBIDDEN_REQUEST",
                PREFIX + "cancel-without-refund-account=INVALID_REQUEST",
                PREFIX + "accepted-despite-temporary-error=true",
                PREFIX + "unknown-sdk-parameter-refused=false",
                PREFIX + "destroy-of-nothing-fails=false",
                PREFIX + "server-errors-kept=false")) {
            Till till = new Till(sandbox);

            assertThat(sandbox.get("/v2/standard").body())
                    .contains("{\"unknownParameterRefused\":false,\"destroyOfNothingFails\":false}");
            assertThat(sandbox.post("/v1/payments", RunningSandbox.sessionOf(orderId + "=", 10_000))
                            .text("code"))
                    .isEqualTo("INVALID_ORDER_ID");

            String account = till.waiting(orderId, 10_000);
            assertThat(sandbox.payment(account)
                            .json()
                            .at("/virtualAccount/dueDate")
                            .asString())
                    .matches("[0-9T:-]{19}");
            till.deposit(account, "");
            assertThat(till.cancelBecause(account).text("code")).isEqualTo("INVALID_REQUEST");

            String newest = till.open(orderId, 10_000);
            assertThat(sandbox.get("/v1/payments/orders/" + orderId).text("paymentKey"))
                    .isEqualTo(newest);
            assertThat(till.cancelBecause(newest).text("code")).isEqualTo("FORBIDDEN_REQUEST");

            String order = RunningSandbox.newOrderId();
            String lost = till.open(order, 10_000);
            till.authenticate(lost, "{}");
            sandbox.post(
                    "/control/faults",
                    "{\"operation\": \"confirm\", \"kind\": \"DECLINE\", \"code\": \"FAILED_INTERNAL_SYSTEM_PROCESSING\"}");
            assertThat(till.confirm(lost, order, 10_000, "Idempotency-Key", order)
                            .status())
                    .isEqualTo(500);
            assertThat(sandbox.payment(lost).text("status")).isEqualTo("DONE");
            // The 500 was not kept, so this is a first request again.
            assertThat(till.confirm(lost, order, 10_000, "Idempotency-Key", order)
                            .text("code"))
                    .isEqualTo("ALREADY_PROCESSED_PAYMENT");
        }
    }

    @Test
    void shipped_a_temporary_error_takes_no_money_and_is_kept_under_its_key() {
        RunningSandbox sandbox = RunningSandbox.shared();
        Till till = new Till(sandbox);
        String paymentKey = till.open(orderId, 10_000);
        till.authenticate(paymentKey, "{}");
        sandbox.post(
                "/control/faults",
                "{\"operation\": \"confirm\", \"kind\": \"DECLINE\", \"code\": \"FAILED_INTERNAL_SYSTEM_PROCESSING\","
                        + " \"orderId\": \"" + orderId + "\"}");

        assertThat(till.confirm(paymentKey, orderId, 10_000, "Idempotency-Key", orderId)
                        .status())
                .isEqualTo(500);
        assertThat(sandbox.payment(paymentKey).text("status")).isEqualTo("IN_PROGRESS");
        assertThat(till.confirm(paymentKey, orderId, 10_000, "Idempotency-Key", orderId)
                        .status())
                .isEqualTo(500);
    }
}
