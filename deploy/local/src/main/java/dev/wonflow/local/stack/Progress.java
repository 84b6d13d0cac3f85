package dev.wonflow.local.stack;

/** Hears how far a start or a stop has come; called from several threads. */
@FunctionalInterface
public interface Progress {

    /**
     * A part has changed.
     *
     * @param detail what it waits for or where it listens; may be empty
     */
    void on(String part, PartState state, String detail);
}
