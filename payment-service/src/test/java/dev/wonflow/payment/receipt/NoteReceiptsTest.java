package dev.wonflow.payment.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.money.Money;
import dev.wonflow.payment.PaymentId;
import dev.wonflow.payment.gateway.GatewayFinding;
import dev.wonflow.payment.gateway.GatewayPayment;
import dev.wonflow.payment.gateway.GatewayReceipt;
import dev.wonflow.payment.incident.Incident;
import dev.wonflow.payment.payment.Payment;
import dev.wonflow.payment.payment.PaymentFixture;
import dev.wonflow.payment.payment.PaymentStatus;
import dev.wonflow.payment.payment.RefundOrigin;
import dev.wonflow.payment.payment.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What Toss tells of the receipts of a payment, taken in with its other answers. */
class NoteReceiptsTest {

    private static final String KEY = "receipt-1";

    private final World world = new World();
    private final List<String> published = new ArrayList<>();
    private final ReceiptWorld receipts = new ReceiptWorld(
            world,
            (payment, receipt) -> published.add(payment.version() + " "
                    + receipt.told().kind() + " " + receipt.told().amount().won() + " "
                    + receipt.told().status()));

    NoteReceiptsTest() {
        world.cashReceipts = receipts.noteReceipts();
    }

    @Test
    void receipt_is_told_once_and_asked_about_until_the_tax_office_has_decided() {
        Payment paid = aPaidPayment();

        seen(paid, issue(GatewayReceipt.Status.IN_PROGRESS));
        Instant first = world.statusChecks.required.get(paid.id());
        world.clock.advance(Duration.ofHours(20));
        seen(paid, issue(GatewayReceipt.Status.IN_PROGRESS));
        Instant second = world.statusChecks.required.get(paid.id());
        world.clock.advance(Duration.ofHours(6));
        seen(paid, issue(GatewayReceipt.Status.COMPLETED));

        assertThat(published).containsExactly("2 CONFIRM 33000 IN_PROGRESS", "3 CONFIRM 33000 COMPLETED");
        assertThat(Duration.between(PaymentFixture.NOON, first)).isEqualTo(Duration.ofMinutes(10));
        assertThat(Duration.between(PaymentFixture.NOON, second)).isEqualTo(Duration.ofHours(26));
        assertThat(world.statusChecks.required).doesNotContainKey(paid.id());
        assertThat(world.incidents).isEmpty();
    }

    @Test
    void answer_that_was_overtaken_opens_nothing_again() {
        Payment paid = aPaidPayment();

        seen(paid, issue(GatewayReceipt.Status.COMPLETED));
        seen(paid, issue(GatewayReceipt.Status.IN_PROGRESS));

        assertThat(published).containsExactly("2 CONFIRM 33000 COMPLETED");
        assertThat(world.statusChecks.required).isEmpty();
    }

    @Test
    void answer_without_the_receipts_of_a_transfer_does_not_end_the_looks_for_them() {
        PaymentId id = world.given(PaymentStatus.CONFIRMING);
        Payment transfer = world.payments.findById(id).orElseThrow();
        seen(transfer, issue(GatewayReceipt.Status.IN_PROGRESS));
        world.clock.advance(Duration.ofHours(20));

        seen(transfer);

        assertThat(world.statusChecks.required).containsEntry(id, PaymentFixture.NOON.plus(Duration.ofHours(26)));
    }

    @Test
    void refusal_of_the_tax_office_is_for_a_person_once() {
        Payment paid = aPaidPayment();

        seen(paid, issue(GatewayReceipt.Status.FAILED));
        seen(paid, issue(GatewayReceipt.Status.FAILED));

        assertThat(world.incidents).singleElement().satisfies(incident -> {
            assertThat(incident.kind()).isEqualTo(Incident.Kind.CASH_RECEIPT_FAILED);
            assertThat(incident.detail()).startsWith("CONFIRM of 33000 KRW: NTS_ERROR TS1 (expected: ");
        });
    }

    @Test
    void silence_of_the_tax_office_is_for_a_person_after_days_and_asking_goes_on() {
        Payment paid = aPaidPayment();
        seen(paid, issue(GatewayReceipt.Status.IN_PROGRESS));

        world.clock.advance(Duration.ofDays(4).plusSeconds(1));
        seen(paid, issue(GatewayReceipt.Status.IN_PROGRESS));

        assertThat(world.incidents).extracting(Incident::kind).containsExactly(Incident.Kind.CASH_RECEIPT_NOT_KNOWN);
        assertThat(world.statusChecks.required).containsKey(paid.id());
    }

    @Test
    void cancels_of_one_receipt_share_a_key_and_those_of_one_second_are_one() {
        Payment paid = aPaidPayment();
        Instant refunded = PaymentFixture.NOON.plusSeconds(60);

        seen(
                paid,
                cancel(5_000, refunded),
                cancel(7_000, refunded),
                cancel(1_000, refunded.plusSeconds(1)),
                issue(GatewayReceipt.Status.COMPLETED));

        assertThat(published)
                .containsExactly("2 CONFIRM 33000 COMPLETED", "3 CANCEL 12000 COMPLETED", "4 CANCEL 1000 COMPLETED");
    }

    @Test
    void answer_that_tells_fewer_cancels_of_a_second_was_overtaken() {
        Payment paid = aPaidPayment();
        Instant refunded = PaymentFixture.NOON.plusSeconds(60);

        seen(paid, cancel(5_000, refunded), cancel(7_000, refunded));
        seen(paid, cancel(5_000, refunded));

        assertThat(published).containsExactly("2 CANCEL 12000 COMPLETED");
    }

    @Test
    void state_that_toss_does_not_tell_is_neither_followed_nor_taken_back() {
        Payment paid = aPaidPayment();

        seen(paid, issue(null));
        seen(paid, issue(GatewayReceipt.Status.COMPLETED));
        seen(paid, issue(null));

        assertThat(published).containsExactly("2 CONFIRM 33000 null", "3 CONFIRM 33000 COMPLETED");
        assertThat(world.statusChecks.required).isEmpty();
    }

    @Test
    void receipt_of_the_window_that_toss_does_not_take_back_with_the_money_is_for_a_person_after_a_day() {
        Payment refunded = world.payments.save(aPaidPayment()
                .refunded(Money.ofWon(20_000), RefundOrigin.REQUESTED, world.clock.instant())
                .payment());
        GatewayPayment forgotten = transfer(issue(GatewayReceipt.Status.COMPLETED));
        GatewayPayment takenBack =
                transfer(issue(GatewayReceipt.Status.COMPLETED), cancel(13_000, world.clock.instant()));

        assertThat(nextLook(refunded, forgotten))
                .isEqualTo(world.clock.instant().plus(Duration.ofMinutes(10)));
        assertThat(world.incidents).isEmpty();
        world.clock.advance(Duration.ofDays(1));
        assertThat(nextLook(refunded, forgotten)).isNotNull();
        assertThat(world.incidents).singleElement().satisfies(incident -> {
            assertThat(incident.kind()).isEqualTo(Incident.Kind.CASH_RECEIPT_NOT_KNOWN);
            assertThat(incident.detail()).startsWith("13000 KRW went back");
        });
        assertThat(nextLook(refunded, takenBack)).isNull();
        world.clock.advance(Duration.ofDays(4));
        assertThat(nextLook(refunded, forgotten))
                .as("what was taken back stays so")
                .isNull();
        assertThat(world.incidents).hasSize(1);
    }

    /** Nobody could look meanwhile, or had a reason to. */
    @Test
    void receipt_of_the_window_that_stands_for_money_of_days_ago_is_told_at_the_first_look() {
        Payment refunded = world.payments.save(aPaidPayment()
                .refunded(Money.ofWon(20_000), RefundOrigin.REQUESTED, world.clock.instant())
                .payment());
        world.clock.advance(Duration.ofDays(5));

        assertThat(nextLook(refunded, transfer(issue(GatewayReceipt.Status.COMPLETED))))
                .isNull();

        assertThat(world.incidents).extracting(Incident::kind).containsExactly(Incident.Kind.CASH_RECEIPT_NOT_KNOWN);
    }

    private @Nullable Instant nextLook(Payment like, GatewayPayment seen) {
        Payment now = world.payments.findById(like.id()).orElseThrow();
        return receipts.noteReceipts().note(now, seen, world.clock.instant()).nextLook();
    }

    private Payment aPaidPayment() {
        PaymentId id = world.given(PaymentStatus.PAID);
        return world.payments.findById(id).orElseThrow();
    }

    private void seen(Payment paid, GatewayReceipt... told) {
        Payment now = world.payments.findById(paid.id()).orElseThrow();
        world.settlePayment()
                .finding(
                        paid.id(),
                        PaymentFixture.KEY,
                        now.version(),
                        new GatewayFinding.Seen(GatewayFinding.State.DONE, transfer(told), null));
    }

    private static GatewayPayment transfer(GatewayReceipt... told) {
        GatewayPayment like = PaymentFixture.aGatewayPayment(PaymentFixture.KEY, PaymentFixture.PRICE);
        return new GatewayPayment(
                like.orderId(),
                like.paymentKey(),
                like.amount(),
                like.balance(),
                like.currency(),
                "계좌이체",
                like.approvedAt(),
                null,
                false,
                like.secret(),
                like.lastTransactionKey(),
                null,
                List.of(),
                Money.ZERO,
                List.of(told));
    }

    private static GatewayReceipt issue(GatewayReceipt.@Nullable Status status) {
        boolean failed = status == GatewayReceipt.Status.FAILED;
        return receipt(
                KEY, GatewayReceipt.Kind.CONFIRM, PaymentFixture.PRICE.won(), status, failed, PaymentFixture.NOON);
    }

    private static GatewayReceipt cancel(long won, Instant at) {
        return receipt("c_" + KEY, GatewayReceipt.Kind.CANCEL, won, GatewayReceipt.Status.COMPLETED, false, at);
    }

    private static GatewayReceipt receipt(
            String key,
            GatewayReceipt.Kind kind,
            long won,
            GatewayReceipt.@Nullable Status status,
            boolean failed,
            Instant at) {
        return new GatewayReceipt(
                key,
                kind,
                "소득공제",
                Money.ofWon(won),
                Money.ZERO,
                "240015772",
                null,
                status,
                failed ? "NTS_ERROR" : null,
                failed ? "TS1" : null,
                at);
    }
}
