package dev.wonflow.payment.reconciliation;

import static java.util.stream.Collectors.toSet;

import dev.wonflow.payment.OrderId;
import dev.wonflow.payment.PaymentId;
import dev.wonflow.payment.gateway.Merchant;
import dev.wonflow.payment.gateway.books.BooksNotRead;
import dev.wonflow.payment.gateway.books.ListedTransaction;
import dev.wonflow.payment.gateway.books.SettlementLine;
import dev.wonflow.payment.gateway.books.TossBooks;
import dev.wonflow.payment.ledger.Ledger;
import dev.wonflow.payment.ledger.LedgerEntry;
import dev.wonflow.payment.payment.StatusChecks;
import dev.wonflow.payment.payment.Stray;
import dev.wonflow.payment.payment.Strays;
import dev.wonflow.runtime.IdSource;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Compares ledger, transactions and settlements of all days that are open, again and again, and closes those on which
 * nothing is left to explain. It moves no money: what differs becomes a case, which goes when the difference does; what
 * Toss did without us is asked about, so that a status check takes it in, and what it holds besides is left to those
 * who give such money back.
 */
@Service
public class Reconcile {

    private static final Logger log = LoggerFactory.getLogger(Reconcile.class);

    private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");

    /** Orders compared in one transaction, or settlements posted. */
    private static final int BATCH = 500;

    private final TossBooks toss;
    private final KeptBooks books;
    private final ReconciliationCases cases;
    private final ReconciliationDays days;
    private final StatusChecks statusChecks;
    private final Strays strays;
    private final Ledger ledger;
    private final Merchant merchant;
    private final ReconciliationProperties properties;
    private final IdSource ids;
    private final Clock clock;
    private final TransactionOperations transaction;

    Reconcile(
            TossBooks toss,
            KeptBooks books,
            ReconciliationCases cases,
            ReconciliationDays days,
            StatusChecks statusChecks,
            Strays strays,
            Ledger ledger,
            Merchant merchant,
            ReconciliationProperties properties,
            IdSource ids,
            Clock clock,
            TransactionOperations transaction) {
        this.toss = toss;
        this.books = books;
        this.cases = cases;
        this.days = days;
        this.statusChecks = statusChecks;
        this.strays = strays;
        this.ledger = ledger;
        this.merchant = merchant;
        this.properties = properties;
        this.ids = ids;
        this.clock = clock;
        this.transaction = transaction;
    }

    /**
     * Runs one cycle if it is time for one and no other instance does.
     *
     * @return whether it was time
     * @throws BooksNotRead if Toss's books could not be read; nothing was changed
     */
    public boolean runOnce() {
        Instant now = clock.instant();
        Optional<LocalDate> open = transaction.execute(_ -> books.takeTurn(now, properties.every()));
        try {
            open.ifPresent(from -> compare(from, LocalDate.ofInstant(now, SEOUL), now));
        } catch (BooksNotRead e) {
            transaction.executeWithoutResult(_ -> books.returnTurn(now));
            throw e;
        }
        return open.isPresent();
    }

    private void compare(LocalDate from, LocalDate today, Instant now) {
        LocalDate yesterday = today.minusDays(1);
        List<ListedTransaction> transactions = toss.transactions(from, today);
        List<SettlementLine> settlements =
                settles() && !from.isAfter(yesterday) ? toss.settlements(from, yesterday) : List.of();
        transaction.executeWithoutResult(_ -> books.replace(from, today, transactions, settlements));

        List<OrderId> orders = transaction.execute(_ -> books.orders(from, today));
        int differing = 0;
        for (int i = 0; i < orders.size(); i += BATCH) {
            List<OrderId> batch = orders.subList(i, Math.min(orders.size(), i + BATCH));
            Compared compared = transaction.execute(_ -> compare(batch, today, now));
            compared.found().stream()
                    .filter(ReconciliationCase::isForAStatusCheck)
                    .forEach(open -> ask(open, now));
            compared.second().forEach(second -> giveBack(second, now));
            differing += compared.found().size();
        }
        if (differing > 0) {
            log.error(
                    "{} of {} orders differ between our ledger and Toss's books (expected: none that nobody has explained)",
                    differing,
                    orders.size());
        }
        close(from, yesterday, now);
        payOut(today, now);
    }

    /**
     * What a comparison has led to.
     *
     * @param found the cases that nobody has explained
     * @param second of them, what Toss holds besides
     */
    private record Compared(List<ReconciliationCase> found, List<Comparison.SecondCapture> second) {}

    private Compared compare(List<OrderId> batch, LocalDate today, Instant now) {
        List<OrderId> moving = books.movedAfter(now.minus(properties.grace()), batch);
        List<OrderId> resting = new ArrayList<>(batch);
        resting.removeAll(moving);
        Comparison comparison = new Comparison(properties, settledThrough(today));
        Comparison.Books kept = books.of(resting);
        List<ReconciliationCase> open = cases.note(resting, comparison.compare(kept), now);
        Set<PaymentId> unexplained = open.stream()
                .map(ReconciliationCase::paymentId)
                .filter(Objects::nonNull)
                .collect(toSet());
        return new Compared(
                open,
                comparison.secondCaptures(kept).stream()
                        .filter(second -> unexplained.contains(second.paymentId()))
                        .toList());
    }

    /** Each on its own, like whoever else decides about a payment. Before it goes back, Toss is asked about it. */
    private void giveBack(Comparison.SecondCapture second, Instant now) {
        Stray stray = new Stray(second.paymentKey(), second.held(), Stray.Reason.SECOND_CAPTURE);
        transaction.executeWithoutResult(_ -> strays.note(second.paymentId(), stray, now));
    }

    /** Each on its own, since whoever settles a payment waits for its status check. */
    private void ask(ReconciliationCase open, Instant now) {
        PaymentId payment = Objects.requireNonNull(open.paymentId());
        transaction.executeWithoutResult(_ -> statusChecks.require(payment, now));
    }

    /** Days are closed in their order; what is sold on one is posted as settled before. */
    private void close(LocalDate from, LocalDate yesterday, Instant now) {
        LocalDate last = settles() ? yesterday.plusDays(1).minusDays(properties.settledAfterDays()) : yesterday;
        if (now.minus(properties.grace())
                .isBefore(yesterday.plusDays(1).atStartOfDay(SEOUL).toInstant())) {
            // What moved shortly before midnight has not been compared.
            last = last.isBefore(yesterday) ? last : yesterday.minusDays(1);
        }
        days.closing().ifPresent(begun -> postAndClose(begun, now));
        for (LocalDate day = from; !day.isAfter(last); day = day.plusDays(1)) {
            LocalDate closing = day;
            if (!transaction.execute(_ -> beginClosing(closing, now))) {
                return;
            }
            postAndClose(closing, now);
        }
    }

    private boolean beginClosing(LocalDate day, Instant now) {
        days.takeStep();
        if (!books.isClosable(day, now.minus(properties.grace()))) {
            log.warn("{} stays open: orders of that day have open cases, or moved just now", day);
            return false;
        }
        days.beginClosing(day);
        return true;
    }

    /** From here on the day closes, whatever is killed: the next cycle goes on where this one was. */
    private void postAndClose(LocalDate day, Instant now) {
        postAll(() -> days.unsettled(day, BATCH), due -> settled(due, now));
        transaction.executeWithoutResult(_ -> {
            days.takeStep();
            if (days.closing().filter(day::equals).isEmpty()) {
                // Another instance came to it as well, and was first.
                return;
            }
            DayReport report =
                    new DayReport(ids.next(), day, merchant.livemode(), days.figures(day), days.lastHash(), now);
            days.close(report);
            log.info("{} is closed: {}", day, report.hash());
        });
    }

    private void payOut(LocalDate today, Instant now) {
        postAll(() -> days.unpaid(today, BATCH), due -> paidOut(due, now));
    }

    /** A transaction for each step, so that none holds the payments for long. What is posted is not due any more. */
    private void postAll(
            Supplier<List<ReconciliationDays.Due>> step, Function<ReconciliationDays.Due, LedgerEntry> entry) {
        int posted;
        do {
            posted = transaction.execute(_ -> {
                days.takeStep();
                List<ReconciliationDays.Due> due = step.get();
                due.stream().map(entry).forEach(ledger::post);
                return due.size();
            });
        } while (posted > 0);
    }

    private static LedgerEntry settled(ReconciliationDays.Due due, Instant now) {
        SettlementLine line = due.line();
        return LedgerEntry.settled(
                due.source(), line.transactionKey(), line.back(), line.amount(), line.fee(), line.vat(), now);
    }

    private static LedgerEntry paidOut(ReconciliationDays.Due due, Instant now) {
        SettlementLine line = due.line();
        return LedgerEntry.paidOut(
                due.source(), line.transactionKey(), line.back() ? -line.payOutWon() : line.payOutWon(), now);
    }

    private boolean settles() {
        return properties.settles(merchant.livemode());
    }

    private @Nullable LocalDate settledThrough(LocalDate today) {
        return settles() ? today.minusDays(properties.settledAfterDays()) : null;
    }
}
