package dev.wonflow.sandbox.payment;

import dev.wonflow.sandbox.error.Refused;
import dev.wonflow.sandbox.error.TossError;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The payments of the sandbox, in memory. Each payment changes one step at a time. */
@Component
public class Payments {

    private record Order(String mId, String orderId) {

        static Order of(Payment payment) {
            return new Order(payment.session().openedWith().merchant().mId(), payment.orderId());
        }
    }

    /**
     * Most characters all sessions may have together: some 200 MB. Reached only where many payments carry the longest
     * metadata and addresses there can be.
     */
    private static final long MOST_CHARACTERS = 100_000_000;

    private final Map<String, Payment> byKey = new ConcurrentHashMap<>();
    /** The payment keys of an order, oldest first. */
    private final Map<Order, List<String>> byOrder = new ConcurrentHashMap<>();

    private final ConcurrentLinkedDeque<String> byAge = new ConcurrentLinkedDeque<>();
    private final AtomicInteger size = new AtomicInteger();
    /** What the sessions of all payments come to; see {@link #MOST_CHARACTERS}. */
    private final AtomicLong characters = new AtomicLong();

    private final int capacity;

    Payments(PaymentSettings settings) {
        this.capacity = settings.capacity();
    }

    /**
     * Adds a payment; beyond the capacity, and beyond the memory, the oldest is forgotten, whatever its state.
     *
     * @return whether its key was new; otherwise nothing was added
     */
    boolean add(Payment payment) {
        if (byKey.putIfAbsent(payment.paymentKey(), payment) != null) {
            return false;
        }
        byOrder.merge(Order.of(payment), List.of(payment.paymentKey()), Payments::joined);
        rememberAge(payment);
        return true;
    }

    private void rememberAge(Payment payment) {
        byAge.addLast(payment.paymentKey());
        long held = characters.addAndGet(payment.session().characters());
        if (size.incrementAndGet() > capacity) {
            forgetOldest();
        }
        while (held > MOST_CHARACTERS && size.get() > 1) {
            forgetOldest();
            held = characters.get();
        }
    }

    /**
     * Adds a payment whose money has been taken, unless its order was paid for before.
     *
     * @return whether its key was new; otherwise nothing was added
     * @throws Refused if the order has a payment that was accepted, whatever became of it since
     */
    boolean addAccepted(Payment payment) {
        AtomicBoolean added = new AtomicBoolean();
        byOrder.compute(Order.of(payment), (_, keys) -> {
            List<String> before = keys == null ? List.of() : keys;
            if (before.stream().flatMap(key -> find(key).stream()).anyMatch(other -> other.acceptance() != null)) {
                throw new Refused(TossError.DUPLICATED_ORDER_ID);
            }
            added.set(byKey.putIfAbsent(payment.paymentKey(), payment) == null);
            return added.get() ? joined(before, List.of(payment.paymentKey())) : keys;
        });
        if (added.get()) {
            rememberAge(payment);
        }
        return added.get();
    }

    public Optional<Payment> find(String paymentKey) {
        return Optional.ofNullable(byKey.get(paymentKey));
    }

    /** The payments of an order, oldest first. One order has several when the buyer tried again. */
    public List<Payment> ofOrder(String mId, String orderId) {
        return byOrder.getOrDefault(new Order(mId, orderId), List.of()).stream()
                .flatMap(key -> find(key).stream())
                .toList();
    }

    /** All payments, the oldest first; what is added or changes meanwhile may or may not be seen. */
    public Stream<Payment> all() {
        return byAge.stream().flatMap(key -> find(key).stream());
    }

    /** The same as a list, for a caller that holds up all others meanwhile. */
    List<Payment> copy() {
        List<Payment> copy = new ArrayList<>(size.get());
        for (String key : byAge) {
            Payment payment = byKey.get(key);
            if (payment != null) {
                copy.add(payment);
            }
        }
        return Collections.unmodifiableList(copy);
    }

    /** Replaces all payments. */
    void replace(List<Payment> payments) {
        byAge.clear();
        byOrder.clear();
        byKey.clear();
        size.set(0);
        characters.set(0);
        payments.forEach(this::add);
    }

    /** All payments, the newest first; what is added meanwhile is not seen. */
    public Stream<Payment> newestFirst() {
        return StreamSupport.stream(
                        Spliterators.spliteratorUnknownSize(byAge.descendingIterator(), Spliterator.ORDERED), false)
                .flatMap(key -> find(key).stream());
    }

    /** Up to {@code limit} payments, the newest first. */
    public List<Payment> newest(int limit) {
        List<Payment> newest = new ArrayList<>(limit);
        for (Iterator<String> keys = byAge.descendingIterator(); keys.hasNext() && newest.size() < limit; ) {
            find(keys.next()).ifPresent(newest::add);
        }
        return newest;
    }

    /**
     * Takes one step of one payment. Steps of the same payment never overlap; what the step throws changes nothing.
     *
     * @param step must be quick, and must not touch another payment
     * @return the payment after the step; empty if there is none under this key
     */
    public Optional<Payment> change(String paymentKey, UnaryOperator<Payment> step) {
        return Optional.ofNullable(byKey.computeIfPresent(paymentKey, (_, payment) -> step.apply(payment)));
    }

    private void forgetOldest() {
        String oldest = byAge.pollFirst();
        if (oldest == null) {
            return;
        }
        size.decrementAndGet();
        Payment forgotten = byKey.remove(oldest);
        if (forgotten != null) {
            characters.addAndGet(-forgotten.session().characters());
            byOrder.computeIfPresent(Order.of(forgotten), (_, keys) -> without(keys, oldest));
        }
    }

    private static List<String> joined(List<String> older, List<String> newer) {
        return Stream.concat(older.stream(), newer.stream()).toList();
    }

    private static @Nullable List<String> without(List<String> keys, String removed) {
        List<String> left = keys.stream().filter(key -> !key.equals(removed)).toList();
        return left.isEmpty() ? null : left;
    }
}
