package dev.wonflow.payment.payment;

import dev.wonflow.payment.PaymentId;
import dev.wonflow.payment.PaymentKey;
import dev.wonflow.payment.gateway.Attempt;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Every attempt there has been. */
public interface Attempts {

    /** Stores an attempt about to be made; one paymentKey can be tried for one payment only. */
    void add(Attempt attempt);

    Optional<Attempt> find(PaymentKey key);

    /** When the attempts of a payment since {@code since} were started, oldest first. */
    List<Instant> startedSince(PaymentId id, Instant since);

    /**
     * Notes how the attempt stands now; a later answer overwrites an earlier one.
     *
     * @param code Toss's code of a decline, or why the outcome is unknown
     */
    void note(PaymentKey key, PaymentStatus outcome, @Nullable String code, Instant now);
}
