package dev.wonflow.sandbox.transaction;

import dev.wonflow.sandbox.instrument.PaymentMethod;
import dev.wonflow.sandbox.state.Kept;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The book of transactions, each merchant's sorted by time, so that a short period is found without reading a long one.
 * Safe for use by many threads; readers never wait.
 */
@Component
public class Transactions implements Kept<Transactions.State> {

    /**
     * Everything in the book, in the order it was written.
     *
     * @param forgottenUntil up to when the book has forgotten; null if it has forgotten nothing
     */
    public record State(
            List<Transaction> transactions, @Nullable Instant forgottenUntil) {}

    /** Where a transaction stands; the number tells apart what happened in the same instant. */
    private record Place(Instant at, long number) implements Comparable<Place> {

        static Place before(Instant at) {
            return new Place(at, Long.MIN_VALUE);
        }

        static Place after(Instant at) {
            return new Place(at, Long.MAX_VALUE);
        }

        @Override
        public int compareTo(Place other) {
            int byTime = at.compareTo(other.at);
            return byTime == 0 ? Long.compare(number, other.number) : byTime;
        }
    }

    private final Map<String, NavigableMap<Place, Transaction>> byMerchant = new ConcurrentHashMap<>();
    private final Map<String, Place> places = new ConcurrentHashMap<>();
    /** Payment keys of the virtual accounts that were paid into. Guarded by this. */
    private final Set<String> paidInto = new HashSet<>();
    /** Guarded by this. */
    private final Deque<Transaction> byAge = new ArrayDeque<>();

    private final int capacity;
    private long numbers;
    /** A payment tells of its whole past at each change: what was in the book once is not news. Guarded by this. */
    private @Nullable Instant forgottenUntil;

    Transactions(TransactionSettings settings) {
        this.capacity = settings.capacity();
    }

    /**
     * Writes a transaction into the book; beyond the capacity the oldest is forgotten.
     *
     * @return whether it was news; otherwise nothing was written
     */
    synchronized boolean add(Transaction transaction) {
        if (forgottenUntil != null && !transaction.at().isAfter(forgottenUntil)) {
            return false;
        }
        Place place = new Place(transaction.at(), numbers);
        if (places.putIfAbsent(transaction.transactionKey(), place) != null) {
            return false;
        }
        numbers++;
        byMerchant
                .computeIfAbsent(transaction.mId(), _ -> new ConcurrentSkipListMap<>())
                .put(place, transaction);
        byAge.addLast(transaction);
        if (transaction.method() == PaymentMethod.VIRTUAL_ACCOUNT) {
            noteDeposit(transaction);
        }
        if (byAge.size() > capacity) {
            forgetOldest();
        }
        return true;
    }

    private void noteDeposit(Transaction transaction) {
        if (transaction.kind() == Transaction.Kind.APPROVAL) {
            paidInto.add(transaction.paymentKey());
        } else if (transaction.kind() == Transaction.Kind.REVERSAL) {
            paidInto.remove(transaction.paymentKey());
        }
    }

    private void forgetOldest() {
        Transaction oldest = byAge.removeFirst();
        forgottenUntil = forgottenUntil == null || oldest.at().isAfter(forgottenUntil) ? oldest.at() : forgottenUntil;
        if (oldest.kind() == Transaction.Kind.APPROVAL) {
            paidInto.remove(oldest.paymentKey());
        }
        Place place = places.remove(oldest.transactionKey());
        NavigableMap<Place, Transaction> ofMerchant = byMerchant.get(oldest.mId());
        if (place != null && ofMerchant != null) {
            ofMerchant.remove(place);
        }
    }

    /** Whether a virtual account was paid into, and not taken back since. */
    synchronized boolean isPaidInto(String paymentKey) {
        return paidInto.contains(paymentKey);
    }

    /**
     * Up to {@code limit} transactions of a merchant, the oldest first.
     *
     * @param to still belongs to the period
     * @param after key of the transaction to go on behind; null to begin with the period
     * @return empty if the merchant has no transaction under that key
     */
    public Optional<List<Transaction>> page(String mId, Instant from, Instant to, @Nullable String after, int limit) {
        NavigableMap<Place, Transaction> ofMerchant = ofMerchant(mId);
        Place start = Place.before(from);
        if (after != null) {
            Place behind = places.get(after);
            if (behind == null || !ofMerchant.containsKey(behind)) {
                return Optional.empty();
            }
            Place next = new Place(behind.at(), behind.number() + 1);
            start = next.compareTo(start) > 0 ? next : start;
        }
        Place end = Place.after(to);
        if (start.compareTo(end) > 0) {
            return Optional.of(List.of());
        }
        return Optional.of(ofMerchant.subMap(start, true, end, true).values().stream()
                .limit(limit)
                .toList());
    }

    /** The transaction under a key, if it is in the book. */
    public Optional<Transaction> find(String mId, String transactionKey) {
        return Optional.ofNullable(places.get(transactionKey))
                .map(place -> ofMerchant(mId).get(place));
    }

    /** The transactions of a merchant from one instant to before another, the oldest first. */
    public Stream<Transaction> between(String mId, Instant from, Instant before) {
        return from.isBefore(before)
                ? ofMerchant(mId).subMap(Place.before(from), true, Place.before(before), false).values().stream()
                : Stream.empty();
    }

    private NavigableMap<Place, Transaction> ofMerchant(String mId) {
        NavigableMap<Place, Transaction> found = byMerchant.get(mId);
        return found == null ? new ConcurrentSkipListMap<>() : found;
    }

    @Override
    public String stateName() {
        return "transactions";
    }

    @Override
    public Class<State> stateType() {
        return State.class;
    }

    @Override
    public synchronized State state() {
        return new State(List.copyOf(byAge), forgottenUntil);
    }

    @Override
    public synchronized void restore(State state) {
        byMerchant.clear();
        places.clear();
        byAge.clear();
        paidInto.clear();
        forgottenUntil = null;
        state.transactions().forEach(this::add);
        if (forgottenUntil == null) {
            forgottenUntil = state.forgottenUntil();
        }
    }
}
