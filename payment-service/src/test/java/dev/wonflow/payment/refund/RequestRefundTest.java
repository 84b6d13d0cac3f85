package dev.wonflow.payment.refund;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wonflow.access.Caller;
import dev.wonflow.audit.AuditEntry;
import dev.wonflow.money.Money;
import dev.wonflow.payment.gateway.CancelOutcome;
import dev.wonflow.payment.gateway.Failure;
import dev.wonflow.payment.gateway.GatewayFinding;
import dev.wonflow.payment.payment.PaymentFixture;
import dev.wonflow.payment.payment.PaymentNotFound;
import dev.wonflow.payment.payment.PaymentStatus;
import dev.wonflow.runtime.TenantId;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RequestRefundTest {

    private final RefundWorld refunds = new RefundWorld();

    @Test
    void all_that_is_left_goes_back_unless_an_amount_is_named() throws InterruptedException {
        refunds.willAnswer(33_000);

        RequestRefund.Standing standing = refunds.request(null, "k1");

        assertThat(standing.refund().status()).isEqualTo(RefundStatus.DONE);
        assertThat(standing.payment().status()).isEqualTo(PaymentStatus.REFUNDED);
        assertThat(refunds.world.audited)
                .containsExactly(new AuditEntry(
                        PaymentFixture.CALLER,
                        "payment.refund",
                        standing.payment().id().toString(),
                        Map.of("status", "PAID", "refundable", 33_000L),
                        Map.of(
                                "orderId",
                                PaymentFixture.ORDER.value(),
                                "refund",
                                standing.refund().id().toString(),
                                "amount",
                                33_000L,
                                "refundable",
                                0L),
                        "고객 변심"));
    }

    @Test
    void what_a_refund_under_way_has_set_aside_is_no_other_ones() {
        var _ = setAside(20_000);

        refused(14_000L, RefundRefused.Reason.EXCEEDS_BALANCE, 13_000);
        assertThat(refunds.world.audited).isEmpty();
    }

    @Test
    void second_full_refund_is_refused() throws InterruptedException {
        refunds.willAnswer(33_000);
        var _ = refunds.request(null, "k1");

        refused(null, RefundRefused.Reason.EXCEEDS_BALANCE, 0);
    }

    @Test
    void repeat_of_a_request_is_answered_with_its_refund() throws InterruptedException {
        refunds.willAnswer(12_000);
        RefundId first = refunds.request(12_000L, "k1").refund().id();

        assertThat(refunds.request(12_000L, "k1").refund().id()).isEqualTo(first);
        assertThat(refunds.world.gateway.cancelled).hasSize(1);
        assertThatThrownBy(() -> refunds.request(13_000L, "k1"))
                .isInstanceOfSatisfying(
                        RefundRefused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(RefundRefused.Reason.KEY_REUSED));
    }

    @Test
    void refund_that_came_to_nothing_may_be_asked_for_again_with_its_key() throws InterruptedException {
        refunds.world.gateway.cancelOutcomes.add(
                new CancelOutcome.Declined(new Failure("NOT_ALLOWED_PARTIAL_REFUND", null)));
        assertThat(refunds.request(12_000L, "k1").refund().status()).isEqualTo(RefundStatus.FAILED);
        refunds.world.clock.advance(Duration.ofSeconds(2));
        refunds.willAnswer(12_000);

        assertThat(refunds.request(12_000L, "k1").refund().status()).isEqualTo(RefundStatus.DONE);
    }

    @Test
    void caller_is_not_kept_waiting_for_ever() throws InterruptedException {
        refunds.world.gateway.cancelOutcomes.add(new CancelOutcome.Unknown("TIMEOUT"));
        for (int i = 0; i < 5; i++) {
            refunds.world.gateway.findings.add(new GatewayFinding.Unclear("TIMEOUT"));
        }

        assertThat(refunds.request(12_000L, "k1").refund().status()).isEqualTo(RefundStatus.UNKNOWN);
        assertThat(refunds.world.payment().balance()).isEqualTo(PaymentFixture.PRICE);
    }

    @Test
    void payment_of_another_tenant_is_not_found() {
        RequestRefund.Request request = new RequestRefund.Request(
                new Caller(new TenantId("globex"), "mallory", null),
                PaymentFixture.ORDER.value(),
                null,
                null,
                Money.ZERO,
                "고객 변심",
                null,
                null);

        assertThatThrownBy(() -> refunds.requestRefund().request(request)).isInstanceOf(PaymentNotFound.class);
    }

    @Test
    void balance_the_caller_did_not_expect_is_refused() {
        RequestRefund.Request like = RefundWorld.asked(1_000L, null);
        RequestRefund.Request request = new RequestRefund.Request(
                like.caller(),
                like.id(),
                like.amount(),
                Money.ofWon(32_999),
                like.taxFree(),
                like.reason(),
                like.account(),
                like.key());

        assertThatThrownBy(() -> refunds.requestRefund().request(request))
                .isInstanceOfSatisfying(
                        RefundRefused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(RefundRefused.Reason.BALANCE_DIFFERS));
    }

    @Test
    void tax_free_part_is_no_more_than_what_goes_back_when_that_is_all_that_is_left() {
        var _ = setAside(20_000);
        RequestRefund.Request like = RefundWorld.asked(null, null);
        RequestRefund.Request request = new RequestRefund.Request(
                like.caller(), like.id(), null, null, Money.ofWon(13_001), like.reason(), like.account(), like.key());

        assertThatThrownBy(() -> refunds.requestRefund().request(request))
                .isInstanceOfSatisfying(
                        RefundRefused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(RefundRefused.Reason.TAX_FREE_EXCEEDS));
    }

    private RefundId setAside(long won) {
        return refunds.given(won);
    }

    private void refused(@Nullable Long won, RefundRefused.Reason reason, long refundable) {
        assertThatThrownBy(() -> refunds.request(won, null)).isInstanceOfSatisfying(RefundRefused.class, refused -> {
            assertThat(refused.reason()).isEqualTo(reason);
            assertThat(refused.refundable()).isEqualTo(Money.ofWon(refundable));
        });
    }
}
