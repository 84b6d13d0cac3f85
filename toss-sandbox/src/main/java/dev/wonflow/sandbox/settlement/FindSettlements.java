package dev.wonflow.sandbox.settlement;

import dev.wonflow.sandbox.clock.SandboxClock;
import dev.wonflow.sandbox.transaction.Transaction;
import dev.wonflow.sandbox.transaction.Transactions;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Computes settlements out of the book of transactions. A sale is settled from the day after it on. */
@Component
public class FindSettlements {

    private final Transactions transactions;
    private final RequestedSettlements requests;
    private final SettlementTerms terms;
    private final SettlementSettings settings;
    private final Clock clock;

    FindSettlements(
            Transactions transactions,
            RequestedSettlements requests,
            SettlementTerms terms,
            SettlementSettings settings,
            Clock clock) {
        this.transactions = transactions;
        this.requests = requests;
        this.terms = terms;
        this.settings = settings;
        this.clock = clock;
    }

    /** By which of its two days a settlement is looked up. */
    public enum DateType {
        SOLD,
        PAID_OUT
    }

    /**
     * Finds the settlements of a merchant, the oldest first.
     *
     * @param to still belongs to the period
     * @param page counted from 1
     */
    public List<Settlement> find(String mId, DateType type, LocalDate from, LocalDate to, int page, int size) {
        if (!settings.enabled()) {
            return List.of();
        }
        LocalDate first = type == DateType.SOLD ? from : terms.firstSoldDatePaidOutFrom(from);
        LocalDate yesterday = SandboxClock.dayOf(clock.instant()).minusDays(1);
        LocalDate last = to.isBefore(yesterday) ? to : yesterday;
        Stream<Settlement> sold = settings.manual() ? requested(mId, first, last) : automatic(mId, first, last);
        return sold.filter(settlement -> type == DateType.SOLD || isPaidOut(settlement, from, to))
                .skip((page - 1L) * size)
                .limit(size)
                .toList();
    }

    private static boolean isPaidOut(Settlement settlement, LocalDate from, LocalDate to) {
        return !settlement.paidOutDate().isBefore(from)
                && !settlement.paidOutDate().isAfter(to);
    }

    private Stream<Settlement> automatic(String mId, LocalDate from, LocalDate to) {
        return moneyMoved(mId, from, to).map(terms::settlementOf);
    }

    /**
     * What the payment had gone through before the request is sold on the day of the request, what follows on its own.
     */
    private Stream<Settlement> requested(String mId, LocalDate from, LocalDate to) {
        Stream<Settlement> before = requests.between(mId, from, to).stream()
                .flatMap(request -> request.transactionKeys().stream()
                        .flatMap(key -> transactions.find(mId, key).stream())
                        .filter(transaction -> transaction.effectWon() != 0)
                        .map(transaction -> terms.settlementOf(transaction, request.on())));
        Stream<Settlement> since = moneyMoved(mId, from, to)
                .filter(transaction -> requests.of(transaction.paymentKey())
                        .filter(request -> !request.transactionKeys().contains(transaction.transactionKey()))
                        .isPresent())
                .map(terms::settlementOf);
        return Stream.concat(before, since)
                .sorted(Comparator.comparing(Settlement::soldDate)
                        .thenComparing(settlement -> settlement.transaction().at()));
    }

    private Stream<Transaction> moneyMoved(String mId, LocalDate from, LocalDate to) {
        return transactions
                .between(mId, startOf(from), startOf(to.plusDays(1)))
                .filter(transaction -> transaction.effectWon() != 0);
    }

    private static Instant startOf(LocalDate date) {
        return date.atStartOfDay(SandboxClock.SEOUL).toInstant();
    }
}
