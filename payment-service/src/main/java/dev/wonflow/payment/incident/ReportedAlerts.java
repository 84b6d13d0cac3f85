package dev.wonflow.payment.incident;

import dev.wonflow.incidents.IncidentReport;
import dev.wonflow.incidents.IncidentReporter;
import org.springframework.stereotype.Component;

/** Alerts beside the incidents of payments. */
@Component
class ReportedAlerts implements Alerts {

    private final IncidentReporter reporter;

    ReportedAlerts(IncidentReporter reporter) {
        this.reporter = reporter;
    }

    @Override
    public void report(IncidentReport alert) {
        reporter.report(alert);
    }
}
