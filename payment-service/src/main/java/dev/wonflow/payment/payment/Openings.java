package dev.wonflow.payment.payment;

import dev.wonflow.payment.PaymentId;
import dev.wonflow.payment.gateway.Buyer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Every virtual account Toss was asked for. A payment has one opening that has not ended, at most. */
public interface Openings {

    /** Stores an opening about to be acted on, with the buyer sealed. */
    void add(AccountOpening opening, Buyer buyer);

    /** Stores its new state; the buyer goes with its end. */
    void save(AccountOpening opening);

    /** The one that has not ended. */
    Optional<AccountOpening> findOpen(PaymentId id);

    /** Whom it is for; empty as well if that cannot be opened. */
    Optional<Buyer> buyer(AccountOpening opening);

    /** When the openings of a payment since {@code since} were asked for, oldest first. */
    List<Instant> requestedSince(PaymentId id, Instant since);
}
