package dev.wonflow.subscription.renewal;

import dev.wonflow.incidents.IncidentReport;
import dev.wonflow.incidents.IncidentReporter;
import java.time.Clock;
import java.time.Instant;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Looks whether charging may go on, and stops it when the results are out of line. */
@Service
@Transactional(propagation = Propagation.MANDATORY)
public class WatchRenewals {

    private final Renewals renewals;
    private final Breaker breaker;
    private final IncidentReporter incidents;
    private final Clock clock;

    WatchRenewals(Renewals renewals, Breaker breaker, IncidentReporter incidents, Clock clock) {
        this.renewals = renewals;
        this.breaker = breaker;
        this.incidents = incidents;
        this.clock = clock;
    }

    /**
     * Holds the switch until the caller's transaction ends: whoever asks comes one after another, and what is stopped
     * is so from its commit on.
     */
    public boolean mayGoOn() {
        RenewalSwitch held = renewals.hold();
        if (!held.isOn()) {
            return false;
        }
        return breaker.judge(renewals.results(held.judgedFrom(), breaker.last()))
                .map(finding -> halt(held, finding))
                .orElse(true);
    }

    private boolean halt(RenewalSwitch held, Breaker.Finding finding) {
        halt(
                held,
                finding.found() + " of the last " + finding.of() + " charges "
                        + switch (finding.cause()) {
                            case DECLINES -> "were declined";
                            case UNKNOWN_OUTCOMES -> "have an unknown outcome";
                        });
        return false;
    }

    /** Halts because of something that charges do not show, unless it is stopped already. */
    public void halt(String found) {
        RenewalSwitch held = renewals.hold();
        if (held.isOn()) {
            halt(held, found);
        }
    }

    private void halt(RenewalSwitch held, String found) {
        Instant now = clock.instant();
        renewals.save(held.halted(found, now));
        incidents.report(new IncidentReport(
                "renewals " + now,
                "RENEWALS_HALTED",
                IncidentReport.Urgency.ACT,
                null,
                found + " (expected: what customers and chance bring; find the cause, then resume; nobody is restricted"
                        + " meanwhile)",
                now));
    }
}
