package dev.wonflow.payment.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wonflow.money.Money;
import dev.wonflow.payment.PaymentKey;
import dev.wonflow.payment.gateway.books.SettlementLine;
import dev.wonflow.payment.gateway.books.TossTransaction;
import dev.wonflow.payment.reconciliation.ReconciliationCase.Finding;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ComparisonTest {

    private static final Money A_WON = Money.ofWon(1);
    private static final Instant LATER = Instant.parse("2026-01-31T03:00:00Z");
    private static final PaymentKey OTHER_KEY = new PaymentKey("key_of_another_window");
    /** Neither refunded nor taken back in a clean month. */
    private static final int PLAIN = 1;
    /** Refunded in part. */
    private static final int PARTLY = 3;

    private final Month month = new Month();

    @Test
    void clean_month_has_no_case() {
        assertThat(cases()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("injected")
    void what_differs_is_found_and_names_its_payment(Difference difference, int number, Consumer<Month> injection) {
        injection.accept(month);

        assertThat(cases()).singleElement().satisfies(found -> {
            assertThat(found.paymentId()).isEqualTo(Month.id(number));
            assertThat(found.orderId()).isEqualTo(Month.order(number));
            assertThat(found.findings()).extracting(Finding::difference).containsExactly(difference);
        });
    }

    static Stream<Arguments> injected() {
        return Stream.of(
                injection(
                        Difference.AMOUNT_DIFFERS,
                        PLAIN,
                        month -> month.book(
                                PLAIN,
                                payment -> captured(payment, payment.captured().plus(A_WON)))),
                injection(
                        Difference.CAPTURE_NOT_BOOKED,
                        PLAIN,
                        month -> month.book(PLAIN, payment -> captured(payment, Money.ZERO))),
                injection(
                        Difference.CAPTURE_NOT_AT_TOSS,
                        PLAIN,
                        month -> month.forget(
                                transaction -> transaction.orderId().equals(Month.order(PLAIN)))),
                injection(Difference.CAPTURE_NOT_BOOKED, PLAIN, month -> {
                    // An attempt nobody here remembers: no paymentKey counts.
                    month.book(
                            PLAIN,
                            payment ->
                                    new BookedPayment(payment.id(), payment.orderId(), null, Money.ZERO, Money.ZERO));
                }),
                injection(
                        Difference.SECOND_CAPTURE,
                        PLAIN,
                        month -> month.toss(
                                PLAIN, OTHER_KEY, "txn_2nd", TossTransaction.Kind.CAPTURE, Money.ofWon(1_037), LATER)),
                injection(
                        Difference.REFUND_NOT_BOOKED,
                        PLAIN,
                        month -> month.toss(PLAIN, 9, TossTransaction.Kind.REFUND, Money.ofWon(500), LATER)),
                injection(
                        Difference.REFUND_NOT_AT_TOSS,
                        PARTLY,
                        month -> month.forget(
                                transaction -> transaction.orderId().equals(Month.order(PARTLY))
                                        && transaction.kind() == TossTransaction.Kind.REFUND)),
                injection(
                        Difference.NOT_SETTLED,
                        PLAIN,
                        month -> month.settlements.removeIf(
                                line -> line.orderId().equals(Month.order(PLAIN)))),
                injection(
                        Difference.SETTLED_TWICE,
                        PLAIN,
                        month -> month.settlements.addAll(month.settlements.stream()
                                .filter(line -> line.orderId().equals(Month.order(PLAIN)))
                                .toList())),
                injection(
                        Difference.SETTLED_OTHERWISE,
                        PARTLY,
                        month -> month.settle(PARTLY, line -> line(line, false, line.fee(), line.payOutWon()))),
                injection(
                        Difference.SETTLED_WITHOUT_TRANSACTION,
                        PLAIN,
                        month -> month.settlements.addAll(month.settlements.stream()
                                .filter(line -> line.orderId().equals(Month.order(PLAIN)))
                                .map(line -> ofTransaction(line, "txn_nobody_lists"))
                                .toList())),
                injection(
                        Difference.FEE_DIFFERS,
                        PLAIN,
                        month -> month.settle(
                                PLAIN,
                                line -> line(line, line.back(), line.fee().plus(A_WON), line.payOutWon() - 1))),
                injection(
                        Difference.PAYOUT_DIFFERS,
                        PLAIN,
                        month -> month.settle(
                                PLAIN, line -> line(line, line.back(), line.fee(), line.payOutWon() - 1))));
    }

    private static Arguments injection(Difference difference, int number, Consumer<Month> injection) {
        return Arguments.of(difference, number, injection);
    }

    private static BookedPayment captured(BookedPayment payment, Money captured) {
        return new BookedPayment(payment.id(), payment.orderId(), payment.paymentKey(), captured, payment.refunded());
    }

    private static SettlementLine line(SettlementLine line, boolean back, Money fee, long payOutWon) {
        return new SettlementLine(
                line.transactionKey(),
                line.orderId(),
                line.method(),
                back,
                line.amount(),
                fee,
                line.interest(),
                line.vat(),
                payOutWon,
                line.soldOn(),
                line.paidOutOn());
    }

    private static SettlementLine ofTransaction(SettlementLine line, String key) {
        return new SettlementLine(
                key,
                line.orderId(),
                line.method(),
                line.back(),
                line.amount(),
                line.fee(),
                line.interest(),
                line.vat(),
                line.payOutWon(),
                line.soldOn(),
                line.paidOutOn());
    }

    @Test
    void money_for_an_order_we_do_not_have_is_found() {
        month.booked.removeIf(payment -> payment.id().equals(Month.id(PLAIN)));

        assertThat(cases()).singleElement().satisfies(found -> {
            assertThat(found.paymentId()).isNull();
            assertThat(found.orderId()).isEqualTo(Month.order(PLAIN));
            assertThat(found.findings())
                    .singleElement()
                    .isEqualTo(new Finding(
                            Difference.PAYMENT_UNKNOWN,
                            "Toss: CAPTURE 1037 KRW at 2025-12-31T17:25:00Z (txn_1_3 of key_of_january_1)"));
        });
    }

    @Test
    void second_capture_that_was_given_back_is_no_case() {
        month.toss(PLAIN, OTHER_KEY, "txn_2nd", TossTransaction.Kind.CAPTURE, Money.ofWon(1_037), LATER);
        month.toss(PLAIN, OTHER_KEY, "txn_3rd", TossTransaction.Kind.REFUND, Money.ofWon(1_037), LATER.plusSeconds(1));

        assertThat(cases()).isEmpty();
    }

    @Test
    void everything_about_one_payment_is_one_case() {
        month.toss(PARTLY, OTHER_KEY, "txn_2nd", TossTransaction.Kind.CAPTURE, Money.ofWon(1_111), LATER);
        month.toss(PARTLY, 9, TossTransaction.Kind.REFUND, Money.ofWon(100), LATER);
        month.settle(PARTLY, line -> line(line, line.back(), line.fee(), line.payOutWon() - 1));

        assertThat(cases())
                .singleElement()
                .satisfies(found -> assertThat(found.findings())
                        .extracting(Finding::difference)
                        .containsExactly(
                                Difference.REFUND_NOT_BOOKED, Difference.SECOND_CAPTURE, Difference.PAYOUT_DIFFERS));
    }

    @Test
    void order_of_the_books_makes_no_difference() {
        month.toss(PLAIN, 9, TossTransaction.Kind.REFUND, Money.ofWon(500), LATER);
        month.book(PARTLY, payment -> captured(payment, payment.captured().plus(A_WON)));
        List<ReconciliationCase> before = cases();

        Collections.reverse(month.booked);
        Collections.reverse(month.transactions);
        Collections.reverse(month.settlements);

        assertThat(cases()).hasSize(2).isEqualTo(before);
    }

    @Test
    void what_cannot_have_been_settled_yet_is_no_case() {
        month.settlements.clear();

        assertThat(new Comparison(Month.TERMS, null).compare(month.books())).isEmpty();
        assertThat(new Comparison(Month.TERMS, Month.LAST.minusDays(31)).compare(month.books()))
                .isEmpty();
        assertThat(cases()).hasSameSizeAs(month.booked);
    }

    @Test
    void case_without_a_finding_is_none() {
        assertThatThrownBy(() -> new ReconciliationCase(Month.order(PLAIN), null, List.of()))
                .hasMessageContaining("expected: one or more");
    }

    private List<ReconciliationCase> cases() {
        return new Comparison(Month.TERMS, Month.LAST).compare(month.books());
    }
}
