package dev.wonflow.subscription.incident;

/** Where incidents wait for a person. */
@FunctionalInterface
public interface Incidents {

    /** Records in the caller's transaction; a kind is recorded once for each payment. */
    void report(Incident incident);
}
