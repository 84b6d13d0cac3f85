package dev.wonflow.relay;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * What was sent and is not yet safe to confirm, in the order of the log. Acknowledgements come in any order and from
 * any thread; everything else happens on one thread, the reader's.
 *
 * @param <T> what is handed back once it and everything before it is acknowledged
 */
final class InFlight<T> {

    private final Deque<Ticket<T>> tickets = new ArrayDeque<>();
    private long bytes;
    private volatile @Nullable Throwable failure;

    /** Takes something in behind everything that is there. */
    Ticket<T> add(T what, int size) {
        Ticket<T> ticket = new Ticket<>(this, what, size);
        tickets.addLast(ticket);
        bytes += size;
        return ticket;
    }

    /** Takes out the longest acknowledged run from the front and answers its last element, or null if there is none. */
    @Nullable
    T advance() {
        T last = null;
        Ticket<T> first = tickets.peekFirst();
        while (first != null && first.acknowledged) {
            tickets.removeFirst();
            bytes -= first.size;
            last = first.what;
            first = tickets.peekFirst();
        }
        return last;
    }

    /** The oldest that is not out yet. */
    @Nullable
    T first() {
        Ticket<T> first = tickets.peekFirst();
        return first == null ? null : first.what;
    }

    int count() {
        return tickets.size();
    }

    long bytes() {
        return bytes;
    }

    /** Why nothing may be confirmed any more from the failed element on; null while all is well. */
    @Nullable
    Throwable failure() {
        return failure;
    }

    /** The place of one element in the order. */
    static final class Ticket<T> {

        private final InFlight<T> owner;
        private final T what;
        private final int size;
        private volatile boolean acknowledged;

        private Ticket(InFlight<T> owner, T what, int size) {
            this.owner = owner;
            this.what = what;
            this.size = size;
        }

        T what() {
            return what;
        }

        void acknowledged() {
            acknowledged = true;
        }

        /** Keeps this element, and so all behind it, from ever coming out. The first failure is the one remembered. */
        void failed(Throwable cause) {
            synchronized (owner) {
                if (owner.failure == null) {
                    owner.failure = cause;
                }
            }
        }
    }
}
