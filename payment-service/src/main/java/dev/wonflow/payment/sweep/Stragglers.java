package dev.wonflow.payment.sweep;

import dev.wonflow.payment.PaymentId;
import java.time.Instant;
import java.util.List;

/** Payments that have stood still for longer than they should. */
public interface Stragglers {

    /** Payments that are open at Toss since before {@code before}, and about which no question is planned. */
    List<PaymentId> forgotten(Instant before, int limit);

    /**
     * How far the payments that nobody has confirmed have been asked about.
     *
     * @param earliest where it begins if that is later
     */
    Place askedUpTo(Instant earliest);

    /** Payments that nobody has confirmed, since before {@code before} and after that place, the oldest first. */
    List<Unconfirmed> unconfirmed(Place after, Instant before, int limit);

    /** Notes how far they have been asked about. It never goes back. */
    void askedUpTo(Place place);

    /** A payment that nobody has confirmed, and since when it stands so. */
    record Unconfirmed(PaymentId id, Instant since) {

        Place place() {
            return new Place(since, id);
        }
    }

    /** A place among payments in the order of time. */
    record Place(Instant since, PaymentId id) {}
}
