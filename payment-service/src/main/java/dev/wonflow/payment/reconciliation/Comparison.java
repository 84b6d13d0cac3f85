package dev.wonflow.payment.reconciliation;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toList;

import dev.wonflow.money.Money;
import dev.wonflow.payment.OrderId;
import dev.wonflow.payment.PaymentId;
import dev.wonflow.payment.PaymentKey;
import dev.wonflow.payment.gateway.books.SettlementLine;
import dev.wonflow.payment.gateway.books.TossTransaction;
import dev.wonflow.payment.reconciliation.ReconciliationCase.Finding;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Compares what three books say of each payment: our ledger, Toss's transactions, Toss's settlements. Does nothing, and
 * says the same about the same books whatever order they are in.
 */
public final class Comparison {

    private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");

    private final FeeTerms terms;
    private final @Nullable LocalDate settledThrough;

    /**
     * By a contract.
     *
     * @param settledThrough last day whose transactions must have been settled; {@code null} where Toss settles
     *     nothing, as it does with test keys
     */
    public Comparison(FeeTerms terms, @Nullable LocalDate settledThrough) {
        this.terms = terms;
        this.settledThrough = settledThrough;
    }

    /**
     * Everything about the payments in question.
     *
     * @param booked those we have
     * @param transactions all there are of them, from the first
     * @param settlements all there are of those transactions
     */
    public record Books(
            Collection<BookedPayment> booked,
            Collection<TossTransaction> transactions,
            Collection<SettlementLine> settlements) {}

    /** Finds one case for each payment the books do not agree on, sorted by order. */
    public List<ReconciliationCase> compare(Books books) {
        Map<String, Sides> orders = new TreeMap<>();
        books.booked().forEach(payment -> sides(orders, payment.orderId()).booked = payment);
        books.transactions().stream()
                .sorted(Comparator.comparing(TossTransaction::at).thenComparing(TossTransaction::key))
                .forEach(transaction ->
                        sides(orders, transaction.orderId()).transactions.add(transaction));
        books.settlements().stream()
                .sorted(Comparator.comparing(SettlementLine::soldOn).thenComparing(SettlementLine::transactionKey))
                .forEach(line -> sides(orders, line.orderId()).settlements.add(line));
        return orders.values().stream()
                .map(this::judge)
                .flatMap(Optional::stream)
                .toList();
    }

    /**
     * Money that Toss holds for a payment of ours, which holds other money, under a key of its own.
     *
     * @param held by that key
     */
    public record SecondCapture(PaymentId paymentId, PaymentKey paymentKey, Money held) {}

    /** Finds all that Toss holds under other keys than those that count. */
    public List<SecondCapture> secondCaptures(Books books) {
        Map<OrderId, List<TossTransaction>> byOrder =
                books.transactions().stream().collect(groupingBy(TossTransaction::orderId));
        return books.booked().stream()
                .flatMap(booked -> secondCaptures(booked, byOrder.getOrDefault(booked.orderId(), List.of())))
                .toList();
    }

    private static Stream<SecondCapture> secondCaptures(BookedPayment booked, List<TossTransaction> transactions) {
        return isCounted(booked, transactions)
                ? heldElsewhere(booked, transactions).entrySet().stream()
                        .map(other -> new SecondCapture(
                                booked.id(),
                                other.getKey(),
                                TossTotals.of(other.getValue()).held()))
                : Stream.empty();
    }

    /** Whether money was taken under the key that counts. */
    private static boolean isCounted(BookedPayment booked, List<TossTransaction> transactions) {
        return !booked.captured().isZero() || TossTotals.of(ofKeyThatCounts(booked, transactions)).captured != 0;
    }

    private static List<TossTransaction> ofKeyThatCounts(BookedPayment booked, List<TossTransaction> transactions) {
        return transactions.stream()
                .filter(transaction -> transaction.paymentKey().equals(booked.paymentKey()))
                .toList();
    }

    /** What Toss still holds under other keys, by key. */
    private static Map<PaymentKey, List<TossTransaction>> heldElsewhere(
            BookedPayment booked, List<TossTransaction> transactions) {
        Map<PaymentKey, List<TossTransaction>> others = byKey(transactions);
        others.entrySet()
                .removeIf(each -> each.getKey().equals(booked.paymentKey())
                        || !TossTotals.of(each.getValue()).isHeld());
        return others;
    }

    private static Sides sides(Map<String, Sides> orders, OrderId orderId) {
        return orders.computeIfAbsent(orderId.value(), _ -> new Sides(orderId));
    }

    /** What is said about one order. */
    private static final class Sides {

        private final OrderId orderId;
        private @Nullable BookedPayment booked;
        private final List<TossTransaction> transactions = new ArrayList<>();
        private final List<SettlementLine> settlements = new ArrayList<>();

        Sides(OrderId orderId) {
            this.orderId = orderId;
        }
    }

    private Optional<ReconciliationCase> judge(Sides sides) {
        BookedPayment booked = sides.booked;
        Stream<Finding> ofMoney =
                booked == null ? ofUnknown(sides.transactions) : ofPayment(booked, sides.transactions);
        List<Finding> findings = Stream.concat(ofMoney, ofSettlements(sides)).toList();
        return findings.isEmpty()
                ? Optional.empty()
                : Optional.of(new ReconciliationCase(sides.orderId, booked == null ? null : booked.id(), findings));
    }

    private static Stream<Finding> ofUnknown(List<TossTransaction> transactions) {
        return TossTotals.of(transactions).isHeld()
                ? Stream.of(new Finding(Difference.PAYMENT_UNKNOWN, "Toss: " + list(transactions)))
                : Stream.empty();
    }

    private static Stream<Finding> ofPayment(BookedPayment booked, List<TossTransaction> transactions) {
        List<Finding> findings = new ArrayList<>();
        List<TossTransaction> ours = ofKeyThatCounts(booked, transactions);
        TossTotals toss = TossTotals.of(ours);
        String evidence =
                "ledger: captured " + booked.captured() + ", refunded " + booked.refunded() + "; Toss: " + list(ours);
        if (toss.captured != booked.captured().won()) {
            findings.add(new Finding(ofCapture(booked, toss), evidence));
        }
        if (toss.refunded > booked.refunded().won()) {
            findings.add(new Finding(Difference.REFUND_NOT_BOOKED, evidence));
        }
        if (toss.refunded < booked.refunded().won()) {
            findings.add(new Finding(Difference.REFUND_NOT_AT_TOSS, evidence));
        }
        Difference besides =
                isCounted(booked, transactions) ? Difference.SECOND_CAPTURE : Difference.CAPTURE_NOT_BOOKED;
        heldElsewhere(booked, transactions)
                .forEach((key, others) -> findings.add(
                        new Finding(besides, "ledger: paymentKey " + booked.paymentKey() + "; Toss: " + list(others))));
        return findings.stream();
    }

    private static Difference ofCapture(BookedPayment booked, TossTotals toss) {
        if (booked.captured().isZero()) {
            return Difference.CAPTURE_NOT_BOOKED;
        }
        return toss.captured == 0 ? Difference.CAPTURE_NOT_AT_TOSS : Difference.AMOUNT_DIFFERS;
    }

    private static Map<PaymentKey, List<TossTransaction>> byKey(List<TossTransaction> transactions) {
        return transactions.stream()
                .collect(groupingBy(
                        TossTransaction::paymentKey,
                        () -> new TreeMap<>(Comparator.comparing(PaymentKey::value)),
                        toList()));
    }

    private Stream<Finding> ofSettlements(Sides sides) {
        Map<String, List<SettlementLine>> lines =
                sides.settlements.stream().collect(groupingBy(SettlementLine::transactionKey));
        Map<String, TossTransaction> transactions = new TreeMap<>();
        sides.transactions.forEach(transaction -> transactions.put(transaction.key(), transaction));
        Stream<Finding> ofTransactions = transactions.values().stream()
                .flatMap(transaction ->
                        ofTransaction(transaction, lines.getOrDefault(transaction.key(), List.of())).stream());
        Stream<Finding> ofLines = sides.settlements.stream()
                .flatMap(line -> ofLine(line, transactions.containsKey(line.transactionKey())));
        return Stream.concat(ofTransactions, ofLines);
    }

    private Optional<Finding> ofTransaction(TossTransaction transaction, List<SettlementLine> lines) {
        String evidence = "transaction: " + describe(transaction) + "; settlements: " + lines;
        if (lines.isEmpty()) {
            return isDue(transaction) ? Optional.of(new Finding(Difference.NOT_SETTLED, evidence)) : Optional.empty();
        }
        if (lines.size() > 1) {
            return Optional.of(new Finding(Difference.SETTLED_TWICE, evidence));
        }
        SettlementLine line = lines.getFirst();
        boolean wentBack = transaction.kind() != TossTransaction.Kind.CAPTURE;
        return line.back() == wentBack && line.amount().equals(transaction.amount())
                ? Optional.empty()
                : Optional.of(new Finding(Difference.SETTLED_OTHERWISE, evidence));
    }

    private boolean isDue(TossTransaction transaction) {
        return settledThrough != null
                && !LocalDate.ofInstant(transaction.at(), SEOUL).isAfter(settledThrough);
    }

    private Stream<Finding> ofLine(SettlementLine line, boolean listed) {
        List<Finding> findings = new ArrayList<>();
        if (!listed) {
            findings.add(new Finding(Difference.SETTLED_WITHOUT_TRANSACTION, line.toString()));
        }
        if (line.payOutWon()
                != line.amount().won() - line.fee().won() - line.vat().won()) {
            findings.add(new Finding(Difference.PAYOUT_DIFFERS, line.toString()));
        }
        terms.feeOf(line)
                .filter(fee -> !fee.equals(line.fee()))
                .ifPresent(fee ->
                        findings.add(new Finding(Difference.FEE_DIFFERS, line + " (expected: a fee of " + fee + ")")));
        return findings.stream();
    }

    private static String list(List<TossTransaction> transactions) {
        return transactions.isEmpty()
                ? "nothing"
                : transactions.stream().map(Comparison::describe).collect(joining(", "));
    }

    private static String describe(TossTransaction transaction) {
        return transaction.kind() + " " + transaction.amount() + " at " + transaction.at() + " (" + transaction.key()
                + " of " + transaction.paymentKey() + ")";
    }

    /**
     * Sums in won.
     *
     * @param captured less what a bank took back; below 0 if Toss lists the taking back alone
     */
    private record TossTotals(long captured, long refunded) {

        static TossTotals of(List<TossTransaction> transactions) {
            return new TossTotals(
                    sum(transactions, TossTransaction.Kind.CAPTURE) - sum(transactions, TossTransaction.Kind.REVERSAL),
                    sum(transactions, TossTransaction.Kind.REFUND));
        }

        boolean isHeld() {
            return captured > refunded;
        }

        Money held() {
            return Money.ofWon(captured - refunded);
        }

        private static long sum(List<TossTransaction> transactions, TossTransaction.Kind kind) {
            return transactions.stream()
                    .filter(transaction -> transaction.kind() == kind)
                    .map(TossTransaction::amount)
                    .reduce(Money.ZERO, Money::plus)
                    .won();
        }
    }
}
