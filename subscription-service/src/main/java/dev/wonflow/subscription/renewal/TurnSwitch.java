package dev.wonflow.subscription.renewal;

import dev.wonflow.access.Operator;
import dev.wonflow.audit.AuditEntry;
import dev.wonflow.audit.AuditTrail;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/** Stops renewals, and has them go on where they were. */
@Service
public class TurnSwitch {

    private final Renewals renewals;
    private final List<RenewalListener> listeners;
    private final AuditTrail audit;
    private final Clock clock;
    private final TransactionOperations transaction;

    TurnSwitch(
            Renewals renewals,
            List<RenewalListener> listeners,
            AuditTrail audit,
            Clock clock,
            TransactionOperations transaction) {
        this.renewals = renewals;
        this.listeners = List.copyOf(listeners);
        this.audit = audit;
        this.clock = clock;
        this.transaction = transaction;
    }

    /** Has nothing more claimed from its commit on; charges that are under way are answered. Pausing twice is once. */
    public RenewalSwitch pause(Operator operator, String reason) {
        return transaction.execute(_ -> {
            RenewalSwitch held = renewals.hold();
            return held.isOn() ? turned(operator, held, held.paused(operator.subject(), reason, now())) : held;
        });
    }

    /**
     * Has it go on with what is due next. What was declined before a halt, and judged by nobody, counts for nothing and
     * is charged again; the time that it stood still counts for nobody.
     */
    public RenewalSwitch resume(Operator operator, String reason) {
        return transaction.execute(_ -> {
            RenewalSwitch held = renewals.hold();
            return held.isOn() ? held : resumed(operator, held, reason);
        });
    }

    private RenewalSwitch resumed(Operator operator, RenewalSwitch held, String reason) {
        Instant now = now();
        if (held.state() == RenewalSwitch.State.HALTED) {
            renewals.forgive(now);
        }
        Duration stopped = Duration.between(held.changedAt(), now);
        listeners.forEach(listener -> listener.resumed(stopped, now));
        return turned(operator, held, held.on(operator.subject(), reason, now));
    }

    /** As exact as it is stored. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private RenewalSwitch turned(Operator operator, RenewalSwitch from, RenewalSwitch to) {
        renewals.save(to);
        audit.record(new AuditEntry(
                operator,
                to.isOn() ? "renewals.resume" : "renewals.pause",
                "renewals",
                Map.of("state", from.state().name()),
                Map.of("state", to.state().name()),
                to.reason()));
        return to;
    }
}
