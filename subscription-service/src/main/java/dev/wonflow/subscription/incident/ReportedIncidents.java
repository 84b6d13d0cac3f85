package dev.wonflow.subscription.incident;

import dev.wonflow.incidents.IncidentReport;
import dev.wonflow.incidents.IncidentReporter;
import org.springframework.stereotype.Component;

/** Incidents of paid plans, as every service reports its own. */
@Component
class ReportedIncidents implements Incidents {

    private final IncidentReporter reporter;

    ReportedIncidents(IncidentReporter reporter) {
        this.reporter = reporter;
    }

    @Override
    public void report(Incident incident) {
        String plan = incident.plan() == null ? "" : ", plan " + incident.plan();
        reporter.report(new IncidentReport(
                incident.paymentId(),
                incident.kind().name(),
                IncidentReport.Urgency.ACT,
                incident.tenantId(),
                "order " + incident.orderId() + plan + ": " + incident.detail(),
                incident.at()));
    }
}
