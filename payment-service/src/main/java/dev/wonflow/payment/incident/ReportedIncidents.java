package dev.wonflow.payment.incident;

import dev.wonflow.incidents.IncidentReport;
import dev.wonflow.incidents.IncidentReporter;
import org.springframework.stereotype.Component;

/** Incidents of payments, as every service reports its own. */
@Component
class ReportedIncidents implements Incidents {

    private final IncidentReporter reporter;

    ReportedIncidents(IncidentReporter reporter) {
        this.reporter = reporter;
    }

    @Override
    public void report(Incident incident) {
        reporter.report(new IncidentReport(
                incident.paymentId().toString(),
                incident.kind().name(),
                urgency(incident.kind()),
                null,
                incident.detail(),
                incident.at()));
    }

    private static IncidentReport.Urgency urgency(Incident.Kind kind) {
        return switch (kind) {
            // A browser's doing, refused, or money that goes back by itself: nobody has to act on one of them.
            case AMOUNT_TAMPERED, WINDOW_DIFFERS, KEY_UNKNOWN, SECOND_CHARGE -> IncidentReport.Urgency.NOTE;
            case ANSWER_CONTRADICTS,
                    CHARGED_AFTER_END,
                    PAID_FOR_CLOSED_ORDER,
                    ACCOUNT_NOT_CLOSED,
                    REFUND_NOT_KNOWN,
                    STRAY_NOT_REFUNDED,
                    REMITTANCE_NOT_MADE,
                    CASH_RECEIPT_FAILED,
                    CASH_RECEIPT_NOT_KNOWN,
                    IMPOSSIBLE_STATE,
                    OUR_FAULT -> IncidentReport.Urgency.ACT;
        };
    }
}
