package dev.wonflow.sandbox.payout;

import dev.wonflow.sandbox.calendar.BusinessDays;
import dev.wonflow.sandbox.clock.SandboxClock;
import dev.wonflow.sandbox.settlement.SettledMoney;
import dev.wonflow.sandbox.state.Kept;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/** What each merchant can pay out, and what settlements are going to add, in won. */
@Component
public class Balances implements SettledMoney, Kept<Balances.State> {

    /** Business days before its payment at which settled money is shown as pending; documented as two days. */
    private static final int PENDING_DAYS = 2;

    /** All balances. */
    public record State(List<Account> accounts) {}

    /** The balance of one merchant. */
    public record Account(String mId, long availableWon, List<Coming> coming) {}

    /** Money that becomes available on a day. */
    public record Coming(LocalDate on, long won) {}

    /**
     * A balance as a merchant sees it; either part is negative where more was cancelled than sold.
     *
     * @param pendingWon settled, and paid out within the next two business days
     * @param availableWon can be paid to sellers
     */
    public record Balance(long pendingWon, long availableWon) {}

    private static final class Book {

        private long availableWon;
        private final TreeMap<LocalDate, Long> coming = new TreeMap<>();

        private Book(long availableWon) {
            this.availableWon = availableWon;
        }
    }

    private final Map<String, Book> byMerchant = new HashMap<>();
    private final BusinessDays businessDays;
    private final PayoutSettings settings;
    private final Clock clock;

    Balances(BusinessDays businessDays, PayoutSettings settings, Clock clock) {
        this.businessDays = businessDays;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public synchronized void toCome(String mId, LocalDate paidOutDate, long won) {
        bookOf(mId).coming.merge(paidOutDate, won, Math::addExact);
    }

    /** The balance at this moment. */
    public synchronized Balance of(String mId) {
        Book book = bookOf(mId);
        LocalDate today = today();
        long pendingWon = book.coming.entrySet().stream()
                .filter(day -> !businessDays.before(day.getKey(), PENDING_DAYS).isAfter(today))
                .mapToLong(Map.Entry::getValue)
                .sum();
        return new Balance(pendingWon, book.availableWon);
    }

    /** Takes money out of the balance, unless there is not enough. */
    synchronized boolean take(String mId, long won) {
        Book book = bookOf(mId);
        if (book.availableWon < won) {
            return false;
        }
        book.availableWon = Math.subtractExact(book.availableWon, won);
        return true;
    }

    /** Puts back what was taken and did not reach anybody. */
    synchronized void giveBack(String mId, long won) {
        Book book = bookOf(mId);
        book.availableWon = Math.addExact(book.availableWon, won);
    }

    /** The book with everything in it that has become available by now. */
    private Book bookOf(String mId) {
        Book book = byMerchant.computeIfAbsent(mId, _ -> new Book(settings.startingBalance()));
        Map<LocalDate, Long> come = book.coming.headMap(today(), true);
        for (long won : come.values()) {
            book.availableWon = Math.addExact(book.availableWon, won);
        }
        come.clear();
        return book;
    }

    private LocalDate today() {
        return SandboxClock.dayOf(clock.instant());
    }

    @Override
    public String stateName() {
        return "balances";
    }

    @Override
    public Class<State> stateType() {
        return State.class;
    }

    @Override
    public synchronized State state() {
        List<Account> accounts = new ArrayList<>();
        byMerchant.forEach((mId, book) -> accounts.add(new Account(
                mId,
                book.availableWon,
                book.coming.entrySet().stream()
                        .map(day -> new Coming(day.getKey(), day.getValue()))
                        .toList())));
        return new State(accounts);
    }

    @Override
    public synchronized void restore(State state) {
        byMerchant.clear();
        for (Account account : state.accounts()) {
            Book book = new Book(account.availableWon());
            account.coming().forEach(day -> book.coming.put(day.on(), day.won()));
            byMerchant.put(account.mId(), book);
        }
    }
}
