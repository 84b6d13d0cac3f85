package dev.wonflow.payment.reconciliation;

import dev.wonflow.money.Money;
import dev.wonflow.payment.OrderId;
import dev.wonflow.payment.PaymentId;
import dev.wonflow.payment.PaymentKey;
import dev.wonflow.payment.gateway.books.SettlementLine;
import dev.wonflow.payment.gateway.books.TossTransaction;
import dev.wonflow.testsupport.SequentialIds;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** A month of payments that all three books agree on, until somebody makes them differ. */
final class Month {

    static final LocalDate LAST = LocalDate.parse("2026-01-31");
    /** 2.8 %, whatever is paid with. */
    static final FeeTerms TERMS = line -> Optional.of(fee(line.amount()));

    private static final int PAYMENTS = 310;
    private static final Instant FIRST = Instant.parse("2025-12-31T15:00:00Z");

    final List<BookedPayment> booked = new ArrayList<>();
    final List<TossTransaction> transactions = new ArrayList<>();
    final List<SettlementLine> settlements = new ArrayList<>();

    Month() {
        for (int i = 0; i < PAYMENTS; i++) {
            Instant at = FIRST.plus(Duration.ofMinutes(i * 143L));
            Money amount = Money.ofWon(1_000L + 37L * i);
            Money refunded = i % 5 == 0 ? amount : i % 3 == 0 ? Money.ofWon(500) : Money.ZERO;
            if (i % 7 == 0) {
                // A deposit that a bank took back and that came again.
                toss(i, 1, TossTransaction.Kind.CAPTURE, amount, at);
                toss(i, 2, TossTransaction.Kind.REVERSAL, amount, at.plusSeconds(60));
            }
            toss(i, 3, TossTransaction.Kind.CAPTURE, amount, at.plusSeconds(120));
            if (!refunded.isZero()) {
                toss(i, 4, TossTransaction.Kind.REFUND, refunded, at.plusSeconds(180));
            }
            booked.add(new BookedPayment(id(i), order(i), key(i), amount, refunded));
        }
    }

    Comparison.Books books() {
        return new Comparison.Books(booked, transactions, settlements);
    }

    static PaymentId id(int number) {
        return new PaymentId(SequentialIds.id(number));
    }

    static OrderId order(int number) {
        return new OrderId("ord_of_january_" + number);
    }

    static PaymentKey key(int number) {
        return new PaymentKey("key_of_january_" + number);
    }

    /** Changes what the ledger says of a payment. */
    void book(int number, UnaryOperator<BookedPayment> change) {
        booked.replaceAll(payment -> payment.id().equals(id(number)) ? change.apply(payment) : payment);
    }

    /** Changes how the last transaction of a payment was settled. */
    void settle(int number, UnaryOperator<SettlementLine> change) {
        String last = settlements.stream()
                .filter(line -> line.orderId().equals(order(number)))
                .reduce((_, later) -> later)
                .orElseThrow()
                .transactionKey();
        settlements.replaceAll(line -> line.transactionKey().equals(last) ? change.apply(line) : line);
    }

    /** Takes transactions out, and their settlements with them. */
    void forget(Predicate<TossTransaction> which) {
        List<String> keys =
                transactions.stream().filter(which).map(TossTransaction::key).toList();
        transactions.removeIf(which);
        settlements.removeIf(line -> keys.contains(line.transactionKey()));
    }

    /** Toss moves money, and settles it. */
    void toss(int number, int step, TossTransaction.Kind kind, Money amount, Instant at) {
        toss(number, key(number), "txn_" + number + "_" + step, kind, amount, at);
    }

    void toss(int number, PaymentKey key, String transaction, TossTransaction.Kind kind, Money amount, Instant at) {
        transactions.add(new TossTransaction(transaction, order(number), key, kind, amount, at));
        Money fee = fee(amount);
        Money vat = Money.ofWon(fee.won() / 10);
        LocalDate day = LocalDate.ofInstant(at, ZoneId.of("Asia/Seoul"));
        settlements.add(new SettlementLine(
                transaction,
                order(number),
                "카드",
                kind != TossTransaction.Kind.CAPTURE,
                amount,
                fee,
                Money.ZERO,
                vat,
                amount.won() - fee.won() - vat.won(),
                day,
                day.plusDays(2)));
    }

    private static Money fee(Money amount) {
        return Money.ofWon(amount.won() * 28 / 1_000);
    }
}
