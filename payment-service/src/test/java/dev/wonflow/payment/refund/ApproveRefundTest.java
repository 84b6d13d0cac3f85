package dev.wonflow.payment.refund;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.wonflow.access.Caller;
import dev.wonflow.audit.AuditEntry;
import dev.wonflow.money.Money;
import dev.wonflow.payment.incident.Incident;
import dev.wonflow.payment.payment.PaymentFixture;
import dev.wonflow.payment.payment.PaymentStatus;
import dev.wonflow.runtime.TenantId;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ApproveRefundTest {

    private static final Caller OTHER = new Caller(PaymentFixture.CALLER.tenant(), "second-person", null);

    private final RefundWorld refunds = new RefundWorld();

    @BeforeEach
    void limit() {
        refunds.approvalAbove(20_000);
    }

    @Test
    void refund_up_to_the_limit_needs_nobody() throws InterruptedException {
        refunds.willAnswer(20_000);

        assertThat(refunds.request(20_000L, "k1").refund().status()).isEqualTo(RefundStatus.DONE);
    }

    @Test
    void refund_above_the_limit_waits_with_its_amount_set_aside_and_toss_is_not_asked() throws InterruptedException {
        Refund refund = refunds.request(20_001L, "k1").refund();

        refunds.workOff();

        assertThat(refunds.status(refund.id())).isEqualTo(RefundStatus.AWAITING_APPROVAL);
        assertThat(refunds.world.gateway.cancelled).isEmpty();
        assertThatThrownBy(() -> refunds.request(13_000L, "k2"))
                .isInstanceOfSatisfying(
                        RefundRefused.class,
                        refused -> assertThat(refused.refundable()).isEqualTo(Money.ofWon(12_999)));
    }

    @Test
    void parts_that_are_more_than_the_limit_together_need_the_second_person_from_then_on() throws InterruptedException {
        refunds.willAnswer(15_000);
        assertThat(refunds.request(15_000L, "k1").refund().status()).isEqualTo(RefundStatus.DONE);

        assertThat(refunds.request(15_000L, "k2").refund().status()).isEqualTo(RefundStatus.AWAITING_APPROVAL);
    }

    @Test
    void second_person_has_the_money_go_back_and_that_is_on_record() throws InterruptedException {
        RefundId id = refunds.request(33_000L, "k1").refund().id();
        refunds.willAnswer(33_000);

        RequestRefund.Standing standing = refunds.approveRefund().approve(OTHER, id);

        assertThat(standing.refund().status()).isEqualTo(RefundStatus.DONE);
        assertThat(standing.payment().status()).isEqualTo(PaymentStatus.REFUNDED);
        assertThat(refunds.world.audited)
                .extracting(AuditEntry::action, AuditEntry::subject)
                .containsExactly(
                        tuple("payment.refund", PaymentFixture.CALLER.subject()),
                        tuple("payment.refund-approve", "second-person"));
        // A repeat asks Toss for nothing more.
        assertThat(refunds.approveRefund().approve(OTHER, id).refund().status()).isEqualTo(RefundStatus.DONE);
        assertThat(refunds.world.gateway.cancelled).hasSize(1);
        assertThat(refunds.world.audited).hasSize(2);
    }

    @Test
    void who_asked_for_it_cannot_agree_to_it_but_can_withdraw_it() throws InterruptedException {
        RefundId id = refunds.request(33_000L, "k1").refund().id();

        refused(
                ApprovalRefused.Reason.SAME_PERSON,
                () -> refunds.approveRefund().approve(PaymentFixture.CALLER, id));
        Refund withdrawn = refunds.approveRefund()
                .reject(PaymentFixture.CALLER, id, "잘못 눌렀습니다")
                .refund();

        assertThat(withdrawn.status()).isEqualTo(RefundStatus.FAILED);
        assertThat(refunds.world.gateway.cancelled).isEmpty();
    }

    @Test
    void what_was_rejected_is_left_for_other_refunds_and_stays_rejected() throws InterruptedException {
        RefundId id = refunds.request(33_000L, "k1").refund().id();

        Refund rejected = refunds.approveRefund().reject(OTHER, id, "영수증 없음").refund();

        assertThat(rejected.failure()).isNotNull().satisfies(failure -> {
            assertThat(failure.code()).isEqualTo("REJECTED");
            assertThat(failure.message()).isEqualTo("영수증 없음");
        });
        refused(ApprovalRefused.Reason.DECIDED, () -> refunds.approveRefund().approve(OTHER, id));
        refunds.willAnswer(20_000);
        assertThat(refunds.request(20_000L, "k2").refund().status()).isEqualTo(RefundStatus.DONE);
    }

    @Test
    void repeat_of_a_request_that_was_rejected_asks_nobody_again() throws InterruptedException {
        RefundId id = refunds.request(33_000L, "k1").refund().id();
        var _ = refunds.approveRefund().reject(OTHER, id, "영수증 없음");

        Refund repeated = refunds.request(33_000L, "k1").refund();

        assertThat(repeated.id()).isEqualTo(id);
        assertThat(repeated.status()).isEqualTo(RefundStatus.FAILED);
        assertThat(refunds.refunds.rows).hasSize(1);
    }

    @Test
    void money_of_a_closed_order_is_told_of_while_it_waits_and_goes_back_when_the_person_says_no()
            throws InterruptedException {
        RefundId id = refunds.request(33_000L, "k1").refund().id();

        refunds.world.cancelPayment().orderCancelled(PaymentFixture.ORDER, PaymentFixture.TENANT);

        assertThat(refunds.world.incidents)
                .extracting(Incident::kind)
                .containsExactly(Incident.Kind.PAID_FOR_CLOSED_ORDER);
        refunds.willAnswer(33_000);
        var _ = refunds.approveRefund().reject(OTHER, id, "주문 취소로 처리");
        refunds.workOff();
        assertThat(refunds.world.status()).isEqualTo(PaymentStatus.REFUNDED);
    }

    @Test
    void what_was_approved_cannot_be_rejected_any_more() throws InterruptedException {
        RefundId id = refunds.request(33_000L, "k1").refund().id();
        refunds.willAnswer(33_000);
        var _ = refunds.approveRefund().approve(OTHER, id);

        refused(ApprovalRefused.Reason.DECIDED, () -> refunds.approveRefund().reject(OTHER, id, "늦었습니다"));
    }

    @Test
    void refund_nobody_has_to_agree_to_takes_no_word() throws InterruptedException {
        refunds.willAnswer(10_000);
        RefundId id = refunds.request(10_000L, "k1").refund().id();

        refused(ApprovalRefused.Reason.NOT_NEEDED, () -> refunds.approveRefund().approve(OTHER, id));
    }

    @Test
    void refund_of_another_tenant_is_not_found() throws InterruptedException {
        RefundId id = refunds.request(33_000L, "k1").refund().id();
        Caller foreign = new Caller(new TenantId("globex"), "second-person", null);

        assertThatThrownBy(() -> refunds.approveRefund().approve(foreign, id)).isInstanceOf(RefundNotFound.class);
        assertThat(refunds.status(id)).isEqualTo(RefundStatus.AWAITING_APPROVAL);
    }

    private static void refused(ApprovalRefused.Reason reason, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ApprovalRefused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(reason));
    }
}
