package dev.wonflow.payment.incident;

import dev.wonflow.incidents.IncidentReport;

/** Tells people of what is wrong where there is no payment to tell it of. */
@FunctionalInterface
public interface Alerts {

    /** In the caller's transaction: it is known if that commits. */
    void report(IncidentReport alert);
}
