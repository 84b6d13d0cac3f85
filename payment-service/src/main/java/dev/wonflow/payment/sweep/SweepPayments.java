package dev.wonflow.payment.sweep;

import dev.wonflow.payment.PaymentId;
import dev.wonflow.payment.payment.StatusChecks;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Finds payments by their age that no webhook and no caller has brought to an end, and has Toss asked about each. It
 * sends nothing again and changes no payment: a status check does, as it does for anybody.
 */
@Service
public class SweepPayments {

    private static final Logger log = LoggerFactory.getLogger(SweepPayments.class);

    /** What is older was there before anybody swept, or is Toss's books' to find. */
    private static final Duration REACH = Duration.ofDays(7);

    private final Stragglers stragglers;
    private final StatusChecks statusChecks;
    private final SweepProperties properties;
    private final Clock clock;
    private final TransactionOperations transaction;

    SweepPayments(
            Stragglers stragglers,
            StatusChecks statusChecks,
            SweepProperties properties,
            Clock clock,
            TransactionOperations transaction) {
        this.stragglers = stragglers;
        this.statusChecks = statusChecks;
        this.properties = properties;
        this.clock = clock;
        this.transaction = transaction;
    }

    /**
     * Sweeps once. Several instances may at the same time: a question that is planned twice is asked once.
     *
     * @return how many questions were planned
     */
    public int runOnce() {
        Instant now = clock.instant();
        return forgotten(now) + unconfirmed(now);
    }

    /** Whatever opens a payment at Toss plans a question with it, so there are none; else they would stay for ever. */
    private int forgotten(Instant now) {
        List<PaymentId> found = stragglers.forgotten(now.minus(properties.forgottenAfter()), properties.batch());
        found.forEach(id -> {
            log.warn("Payment {} is open at Toss, and nobody was going to ask about it", id);
            ask(id, now);
        });
        return found.size();
    }

    /** Each is asked about once; the place moves on only after its question is planned. */
    private int unconfirmed(Instant now) {
        List<Stragglers.Unconfirmed> found = stragglers.unconfirmed(
                stragglers.askedUpTo(now.minus(REACH)), now.minus(properties.unconfirmedAfter()), properties.batch());
        for (Stragglers.Unconfirmed payment : found) {
            ask(payment.id(), now);
        }
        if (!found.isEmpty()) {
            stragglers.askedUpTo(found.getLast().place());
        }
        return found.size();
    }

    /** Each on its own, since whoever settles a payment waits for its status check. */
    private void ask(PaymentId id, Instant now) {
        transaction.executeWithoutResult(_ -> statusChecks.require(id, now));
    }
}
