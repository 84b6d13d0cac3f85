package dev.wonflow.audit;

/** The one way to write down who changed what. */
@FunctionalInterface
public interface AuditTrail {

    /**
     * Writes in the caller's transaction: the entry is there if, and only if, the change is.
     *
     * @throws IllegalStateException if no transaction is open; without one the promise above would be empty
     */
    void record(AuditEntry entry);
}
