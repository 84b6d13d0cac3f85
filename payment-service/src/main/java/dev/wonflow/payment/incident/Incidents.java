package dev.wonflow.payment.incident;

/** Where incidents are kept for people; in the caller's transaction. */
public interface Incidents {

    void report(Incident incident);
}
