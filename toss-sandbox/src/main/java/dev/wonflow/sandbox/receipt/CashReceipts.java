package dev.wonflow.sandbox.receipt;

import dev.wonflow.sandbox.state.Kept;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/** The cash receipts and their cancels, oldest first; beyond the capacity the oldest is forgotten. */
@Component
class CashReceipts implements Kept<CashReceipts.State> {

    private record Order(String mId, String orderId) {}

    private final LinkedHashMap<Long, CashReceipt> kept = new LinkedHashMap<>();
    /** Cursors of what was issued, by receipt key. */
    private final Map<String, Long> issued = new HashMap<>();
    /** Cursors of what was issued last for an order. */
    private final Map<Order, Long> latest = new HashMap<>();

    private final int capacity;
    private long lastCursor;

    CashReceipts(ReceiptSettings settings) {
        this.capacity = settings.capacity();
    }

    /** All receipts and cancels, oldest first. */
    public record State(List<CashReceipt> receipts, long lastCursor) {

        public State {
            receipts = List.copyOf(receipts);
        }
    }

    /** Does something of several steps while nobody else does anything; what it throws undoes no step it took. */
    synchronized <T> T exclusively(Supplier<T> work) {
        return work.get();
    }

    /** Adds what is made of the cursor it is given. */
    synchronized CashReceipt add(LongFunction<CashReceipt> receipt) {
        CashReceipt added = receipt.apply(lastCursor + 1);
        put(added);
        return added;
    }

    /** What was issued last for an order. */
    synchronized Optional<CashReceipt> latestOf(String mId, String orderId) {
        return Optional.ofNullable(latest.get(new Order(mId, orderId))).map(kept::get);
    }

    /** What was issued under a key; empty for the key of a cancel. */
    synchronized Optional<CashReceipt> find(String receiptKey) {
        return Optional.ofNullable(issued.get(receiptKey)).map(kept::get);
    }

    /**
     * What was asked for under a key: the oldest request that is not decided about, or else the last. All cancels of a
     * receipt have one key.
     */
    synchronized Optional<CashReceipt> toBeDecided(String receiptKey, Instant now) {
        List<CashReceipt> asked = kept.values().stream()
                .filter(receipt -> receipt.receiptKey().equals(receiptKey))
                .toList();
        return asked.stream()
                .filter(receipt -> receipt.status(now) == CashReceipt.Status.IN_PROGRESS)
                .findFirst()
                .or(() -> asked.isEmpty() ? Optional.empty() : Optional.of(asked.getLast()));
    }

    /** Puts a receipt in the place of its earlier self. */
    synchronized void replace(CashReceipt receipt) {
        kept.replace(receipt.cursor(), receipt);
    }

    /** Up to {@code limit} receipts that are wanted, oldest first, from after the cursor on. */
    synchronized List<CashReceipt> after(long cursor, int limit, Predicate<CashReceipt> wanted) {
        return kept.values().stream()
                .filter(receipt -> receipt.cursor() > cursor && wanted.test(receipt))
                .limit(limit)
                .toList();
    }

    private void put(CashReceipt receipt) {
        if (kept.size() >= capacity) {
            forgetOldest();
        }
        kept.put(receipt.cursor(), receipt);
        lastCursor = Math.max(lastCursor, receipt.cursor());
        if (receipt.kind() == CashReceipt.Kind.CONFIRM) {
            issued.put(receipt.receiptKey(), receipt.cursor());
            latest.put(new Order(receipt.mId(), receipt.orderId()), receipt.cursor());
        }
    }

    private void forgetOldest() {
        CashReceipt oldest = kept.pollFirstEntry().getValue();
        if (oldest.kind() == CashReceipt.Kind.CONFIRM) {
            issued.remove(oldest.receiptKey());
            latest.remove(new Order(oldest.mId(), oldest.orderId()), oldest.cursor());
        }
    }

    @Override
    public String stateName() {
        return "cashReceipts";
    }

    @Override
    public Class<State> stateType() {
        return State.class;
    }

    @Override
    public synchronized State state() {
        return new State(List.copyOf(kept.values()), lastCursor);
    }

    @Override
    public synchronized void restore(State state) {
        kept.clear();
        issued.clear();
        latest.clear();
        state.receipts().forEach(this::put);
        lastCursor = state.lastCursor();
    }
}
