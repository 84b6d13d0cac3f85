package dev.wonflow.payment.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wonflow.access.Operator;
import dev.wonflow.money.Money;
import dev.wonflow.payment.PaymentId;
import dev.wonflow.payment.gateway.GatewayFinding;
import dev.wonflow.payment.gateway.GatewayPayment;
import dev.wonflow.payment.gateway.GatewayReceipt;
import dev.wonflow.payment.gateway.ListedReceipt;
import dev.wonflow.payment.gateway.ReceiptCall;
import dev.wonflow.payment.gateway.ReceiptListing;
import dev.wonflow.payment.gateway.ReceiptNumber;
import dev.wonflow.payment.gateway.ReceiptOutcome;
import dev.wonflow.payment.gateway.ReceiptType;
import dev.wonflow.payment.incident.Incident;
import dev.wonflow.payment.payment.PaymentFixture;
import dev.wonflow.payment.payment.PaymentStatus;
import dev.wonflow.payment.payment.RefundOrigin;
import dev.wonflow.payment.payment.World;
import dev.wonflow.testsupport.SequentialIds;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Asking Toss for a receipt of a payment, one step after another. */
class CarryOutReceiptsTest {

    private static final ReceiptRequestId REQUEST = new ReceiptRequestId(SequentialIds.id(900));

    private static final Operator OPERATOR = new Operator("kim", "console");

    private final World world = new World();
    private final ReceiptWorld receipts = new ReceiptWorld(world, (_, _) -> {});
    private final PaymentId payment = world.given(PaymentStatus.PAID);

    @Test
    void receipt_is_over_what_toss_says_is_left_and_its_tax_free_part() {
        asked();
        seen(Money.ofWon(4_000));
        receipts.desk.outcomes.add(new ReceiptOutcome.Answered(issued(33_000)));

        assertThat(receipts.carryOutReceipts().goOn(payment)).isEmpty();

        ReceiptCall.Issue call = (ReceiptCall.Issue) receipts.desk.calls.getFirst();
        assertThat(call.amount()).isEqualTo(PaymentFixture.PRICE);
        assertThat(call.taxFree()).isEqualTo(Money.ofWon(4_000));
        assertThat(status()).isEqualTo(ReceiptRequestStatus.DONE);
    }

    @Test
    void what_has_happened_is_looked_for_through_all_days_since_the_first_call() {
        world.clock.set(Instant.parse("2026-01-05T14:59:59Z"));
        asked();
        seen(Money.ZERO);
        receipts.desk.outcomes.add(new ReceiptOutcome.Happened("DUPLICATED_CASH_RECEIPT"));

        Optional<Instant> later = receipts.carryOutReceipts().goOn(payment);
        receipts.desk.listed.add(issued(33_000));
        world.clock.set(later.orElseThrow().plusSeconds(1));

        assertThat(receipts.carryOutReceipts().goOn(payment)).isEmpty();
        assertThat(receipts.desk.days)
                .as("midnight in Seoul is between the call and the look")
                .containsExactly(LocalDate.parse("2026-01-05"), LocalDate.parse("2026-01-06"));
        assertThat(receipts.desk.calls).hasSize(1);
        assertThat(status()).isEqualTo(ReceiptRequestStatus.DONE);
    }

    @Test
    void receipt_of_another_amount_is_not_taken_for_ours_and_none_is_asked_for_without_end() {
        asked();
        seen(Money.ZERO);
        receipts.desk.listed.add(issued(32_000));
        for (int call = 1; call <= 5; call++) {
            receipts.desk.outcomes.add(new ReceiptOutcome.Happened("DUPLICATED_CASH_RECEIPT"));
        }

        for (int turn = 1; turn <= 20; turn++) {
            Instant due = receipts.carryOutReceipts().goOn(payment).orElseThrow();
            world.clock.set(due);
        }

        assertThat(receipts.desk.calls).hasSize(5);
        assertThat(receipts.desk.calls).extracting(ReceiptCall::idempotencyKey).doesNotHaveDuplicates();
        assertThat(status()).isEqualTo(ReceiptRequestStatus.UNKNOWN);
        assertThat(world.incidents).extracting(Incident::kind).containsExactly(Incident.Kind.CASH_RECEIPT_NOT_KNOWN);
    }

    @Test
    void fault_of_ours_fails_no_request_and_is_told() {
        asked();
        seen(Money.ZERO);
        receipts.desk.outcomes.add(new ReceiptOutcome.OurFault("UNAUTHORIZED_KEY"));

        Instant due = receipts.carryOutReceipts().goOn(payment).orElseThrow();
        receipts.desk.outcomes.add(new ReceiptOutcome.Answered(issued(33_000)));
        world.clock.set(due);

        assertThat(receipts.carryOutReceipts().goOn(payment)).isEmpty();
        assertThat(status()).isEqualTo(ReceiptRequestStatus.DONE);
        assertThat(world.incidents).extracting(Incident::kind).containsExactly(Incident.Kind.OUR_FAULT);
    }

    @Test
    void request_that_a_fault_of_ours_holds_up_for_a_day_is_for_a_person_who_may_end_it() {
        asked();
        Instant since = world.clock.instant();
        seen(Money.ZERO);
        while (world.clock.instant().isBefore(since.plus(Duration.ofDays(1)))) {
            assertThat(world.incidents)
                    .extracting(Incident::kind)
                    .as("at %s", world.clock.instant())
                    .doesNotContain(Incident.Kind.CASH_RECEIPT_NOT_KNOWN);
            assertThatThrownBy(this::end).hasMessageContaining("may go on by itself");
            receipts.desk.outcomes.add(new ReceiptOutcome.OurFault("UNAUTHORIZED_KEY"));
            world.clock.set(receipts.carryOutReceipts().goOn(payment).orElseThrow());
        }
        receipts.desk.outcomes.add(new ReceiptOutcome.OurFault("UNAUTHORIZED_KEY"));

        Instant next = receipts.carryOutReceipts().goOn(payment).orElseThrow();

        assertThat(world.incidents)
                .filteredOn(incident -> incident.kind() == Incident.Kind.CASH_RECEIPT_NOT_KNOWN)
                .singleElement()
                .satisfies(incident -> assertThat(incident.detail()).contains(REQUEST.toString()));
        assertThat(next).isAfter(world.clock.instant().plus(Duration.ofHours(5)));
        end();
        assertThat(status()).isEqualTo(ReceiptRequestStatus.FAILED);
        assertThat(receipts.carryOutReceipts().goOn(payment)).isEmpty();
    }

    @Test
    void request_that_has_ended_by_itself_or_is_at_toss_just_now_is_not_ended_by_a_person() {
        asked();
        seen(Money.ZERO);
        receipts.desk.outcomes.add(new ReceiptOutcome.Unknown("no answer"));
        Instant due = receipts.carryOutReceipts().goOn(payment).orElseThrow();
        toldOf();
        assertThatThrownBy(this::end).hasMessageContaining("Toss was asked just now");

        world.clock.set(due);
        receipts.desk.listed.add(issued(33_000));
        assertThat(receipts.carryOutReceipts().goOn(payment)).isEmpty();

        assertThatThrownBy(this::end).hasMessageContaining("it has ended");
        assertThat(receipts.audited).isEmpty();
    }

    @Test
    void person_who_ends_a_request_twice_is_on_record_once() {
        asked();
        toldOf();

        end();
        end();

        assertThat(receipts.audited).singleElement().satisfies(entry -> {
            assertThat(entry.action()).isEqualTo("payment.cash-receipt-end");
            assertThat(entry.why()).isEqualTo("not at Toss");
        });
        assertThat(receipts.carryOutReceipts().goOn(payment)).isEmpty();
        assertThat(receipts.desk.calls).isEmpty();
    }

    @Test
    void receipt_that_toss_passes_on_while_a_person_ends_the_request_is_known_all_the_same() {
        asked();
        seen(Money.ZERO);
        receipts.desk.meanwhile = () -> {
            toldOf();
            world.clock.set(world.clock.instant().plus(Duration.ofMinutes(2)));
            end();
        };
        receipts.desk.outcomes.add(new ReceiptOutcome.Answered(issued(33_000)));

        assertThat(receipts.carryOutReceipts().goOn(payment)).isEmpty();

        assertThat(status()).isEqualTo(ReceiptRequestStatus.FAILED);
        assertThat(receipts.receipts.of(payment))
                .singleElement()
                .satisfies(receipt -> assertThat(receipt.requestedBy()).isEqualTo(REQUEST));
    }

    @Test
    void part_whose_taking_back_a_person_ended_is_not_asked_for_again() {
        asked();
        seen(Money.ZERO);
        receipts.desk.outcomes.add(new ReceiptOutcome.Answered(issued(33_000)));
        assertThat(receipts.carryOutReceipts().goOn(payment)).isEmpty();
        refundedTo(20_000);
        receipts.desk.outcomes.add(new ReceiptOutcome.Unclear("COMMON_ERROR"));
        assertThat(receipts.carryOutReceipts().goOn(payment)).isPresent();
        world.clock.set(world.clock.instant().plus(Duration.ofDays(1)));

        receipts.endReceiptRequest().end(open().id(), "taken back at Toss", OPERATOR);

        assertThat(receipts.carryOutReceipts().goOn(payment)).isEmpty();
        assertThat(receipts.desk.calls).hasSize(2);
    }

    private ReceiptRequest open() {
        return receipts.requests.of(payment).stream()
                .filter(request -> !request.status().isEnded())
                .findFirst()
                .orElseThrow();
    }

    private void end() {
        receipts.endReceiptRequest().end(REQUEST, "not at Toss", OPERATOR);
    }

    /** As many turns that brought nothing as a person is told of. */
    private void toldOf() {
        ReceiptRequest request = receipts.requests.find(REQUEST).orElseThrow();
        while (!request.uncertainty().isReported()) {
            request = request.notKnown(false, world.clock.instant());
        }
        receipts.requests.save(request);
    }

    @Test
    void number_that_cannot_be_opened_before_the_first_call_ends_the_request() {
        asked();
        receipts.requests.loseCustomers();
        seen(Money.ZERO);

        assertThat(receipts.carryOutReceipts().goOn(payment)).isEmpty();

        assertThat(receipts.desk.calls).isEmpty();
        assertThat(status()).isEqualTo(ReceiptRequestStatus.FAILED);
    }

    @Test
    void answer_about_another_order_or_amount_is_none() {
        asked();
        seen(Money.ZERO);
        receipts.desk.outcomes.add(new ReceiptOutcome.Answered(
                new ListedReceipt("ord_another", issued(33_000).receipt())));
        receipts.desk.outcomes.add(new ReceiptOutcome.Answered(issued(32_000)));

        for (int turn = 1; turn <= 2; turn++) {
            world.clock.set(receipts.carryOutReceipts().goOn(payment).orElseThrow());
        }

        assertThat(receipts.desk.calls).hasSize(2);
        assertThat(status()).isEqualTo(ReceiptRequestStatus.UNKNOWN);
        assertThat(receipts.receipts.of(payment)).isEmpty();
    }

    @Test
    void look_that_contradicts_the_payment_leads_to_no_receipt() {
        asked();
        seen(Money.ofWon(20_000), Money.ZERO);

        assertThat(receipts.carryOutReceipts().goOn(payment)).isPresent();

        assertThat(receipts.desk.calls).isEmpty();
        assertThat(status()).isEqualTo(ReceiptRequestStatus.REQUESTED);
    }

    @Test
    void list_that_toss_refuses_us_is_told() {
        asked();
        seen(Money.ZERO);
        receipts.desk.outcomes.add(new ReceiptOutcome.Unclear("UNCLEAR_ANSWER"));
        receipts.desk.noList = new ReceiptListing.OurFault("API_VERSION_UPDATE_NEEDED");

        for (int turn = 1; turn <= 2; turn++) {
            world.clock.set(receipts.carryOutReceipts().goOn(payment).orElseThrow());
        }

        assertThat(world.incidents).singleElement().satisfies(incident -> {
            assertThat(incident.kind()).isEqualTo(Incident.Kind.OUR_FAULT);
            assertThat(incident.detail()).isEqualTo("cash receipt: API_VERSION_UPDATE_NEEDED");
        });
    }

    @Test
    void person_is_told_after_eight_turns_also_if_the_last_of_them_says_that_it_has_happened() {
        asked();
        seen(Money.ZERO);
        for (int turn = 1; turn < 8; turn++) {
            receipts.desk.outcomes.add(new ReceiptOutcome.Unknown("TIMEOUT"));
        }
        receipts.desk.outcomes.add(new ReceiptOutcome.Happened("DUPLICATED_CASH_RECEIPT"));

        for (int turn = 1; turn <= 8; turn++) {
            world.clock.set(receipts.carryOutReceipts().goOn(payment).orElseThrow());
        }

        assertThat(receipts.desk.outcomes).isEmpty();
        assertThat(world.incidents).extracting(Incident::kind).containsExactly(Incident.Kind.CASH_RECEIPT_NOT_KNOWN);
    }

    @Test
    void looks_become_rare_with_time_and_go_through_the_days_of_the_calls_only() {
        asked();
        seen(Money.ZERO);
        for (int call = 1; call <= 5; call++) {
            receipts.desk.outcomes.add(new ReceiptOutcome.Unclear("COMMON_ERROR"));
        }
        for (int turn = 1; turn <= 20; turn++) {
            world.clock.set(receipts.carryOutReceipts().goOn(payment).orElseThrow());
        }
        Instant later = PaymentFixture.NOON.plus(Duration.ofDays(30));
        world.clock.set(later);
        receipts.desk.days.clear();

        Optional<Instant> due = receipts.carryOutReceipts().goOn(payment);

        assertThat(due).contains(later.plus(Duration.ofHours(6)));
        assertThat(receipts.desk.days).containsExactly(LocalDate.parse("2026-01-05"), LocalDate.parse("2026-01-06"));
    }

    @Test
    void cancels_of_one_second_are_one_and_nothing_is_taken_back_twice() {
        asked();
        seen(Money.ZERO);
        receipts.desk.outcomes.add(new ReceiptOutcome.Answered(issued(33_000)));
        assertThat(receipts.carryOutReceipts().goOn(payment)).isEmpty();
        Instant second = world.clock.instant();

        refundedTo(20_000);
        receipts.desk.outcomes.add(new ReceiptOutcome.Answered(cancelled(13_000, second)));
        assertThat(receipts.carryOutReceipts().goOn(payment)).isEmpty();
        refundedTo(7_000);
        receipts.desk.outcomes.add(new ReceiptOutcome.Unknown("CONNECTION_LOST"));
        Instant due = receipts.carryOutReceipts().goOn(payment).orElseThrow();
        receipts.desk.listed.addAll(List.of(cancelled(13_000, second), cancelled(13_000, second)));
        world.clock.set(due);

        assertThat(receipts.carryOutReceipts().goOn(payment)).isEmpty();
        assertThat(receipts.desk.calls).hasSize(3);
        assertThat(receipts.receipts.of(payment))
                .extracting(receipt ->
                        receipt.told().kind() + " " + receipt.told().amount().won())
                .containsExactly("CONFIRM 33000", "CANCEL 26000");
        assertThat(receipts.requests.of(payment))
                .extracting(ReceiptRequest::status)
                .containsOnly(ReceiptRequestStatus.DONE);
    }

    @Test
    void cancel_of_an_earlier_part_in_the_list_is_not_taken_for_the_one_that_was_lost() {
        asked();
        seen(Money.ZERO);
        receipts.desk.outcomes.add(new ReceiptOutcome.Answered(issued(33_000)));
        assertThat(receipts.carryOutReceipts().goOn(payment)).isEmpty();
        Instant second = world.clock.instant();
        refundedTo(20_000);
        receipts.desk.outcomes.add(new ReceiptOutcome.Answered(cancelled(13_000, second)));
        assertThat(receipts.carryOutReceipts().goOn(payment)).isEmpty();
        refundedTo(7_000);
        receipts.desk.outcomes.add(new ReceiptOutcome.Unknown("CONNECTION_LOST"));
        Instant due = receipts.carryOutReceipts().goOn(payment).orElseThrow();
        receipts.desk.listed.add(cancelled(13_000, second));
        receipts.desk.outcomes.add(new ReceiptOutcome.Answered(cancelled(13_000, due)));
        world.clock.set(due);

        assertThat(receipts.carryOutReceipts().goOn(payment)).isEmpty();
        assertThat(receipts.desk.calls).hasSize(4);
    }

    private void refundedTo(long won) {
        world.payments.save(world.payment()
                .refunded(Money.ofWon(won), RefundOrigin.REQUESTED, world.clock.instant())
                .payment());
    }

    private static ListedReceipt cancelled(long won, Instant at) {
        return listed("c_receipt-1", GatewayReceipt.Kind.CANCEL, won, at);
    }

    private void asked() {
        receipts.requests.add(
                ReceiptRequest.issue(REQUEST, payment, ReceiptType.INCOME_DEDUCTION, null, world.clock.instant()),
                world.payment().purchase().tenantId(),
                ReceiptNumber.VOLUNTARY);
    }

    private ReceiptRequestStatus status() {
        return receipts.requests.find(REQUEST).orElseThrow().status();
    }

    /** How the payment stands at Toss when it is looked at before the first call. */
    private void seen(Money taxFree) {
        seen(PaymentFixture.PRICE, taxFree);
    }

    private void seen(Money amount, Money taxFree) {
        GatewayPayment like = PaymentFixture.aGatewayPayment(PaymentFixture.KEY, PaymentFixture.PRICE);
        world.gateway.findings.add(new GatewayFinding.Seen(
                GatewayFinding.State.DONE,
                new GatewayPayment(
                        like.orderId(),
                        like.paymentKey(),
                        amount,
                        amount,
                        like.currency(),
                        "계좌이체",
                        like.approvedAt(),
                        null,
                        false,
                        like.secret(),
                        like.lastTransactionKey(),
                        null,
                        List.of(),
                        taxFree,
                        List.of()),
                null));
    }

    private ListedReceipt issued(long won) {
        return listed(
                "receipt-1",
                GatewayReceipt.Kind.CONFIRM,
                won,
                world.clock.instant().minus(Duration.ofSeconds(1)));
    }

    private static ListedReceipt listed(String key, GatewayReceipt.Kind kind, long won, Instant at) {
        return new ListedReceipt(
                PaymentFixture.ORDER.value(),
                new GatewayReceipt(
                        key,
                        kind,
                        "소득공제",
                        Money.ofWon(won),
                        Money.ZERO,
                        "240015772",
                        null,
                        GatewayReceipt.Status.IN_PROGRESS,
                        null,
                        null,
                        at));
    }
}
