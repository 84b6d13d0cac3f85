package dev.wonflow.payment.plan;

/** What was told of plans and has not been read yet. */
@FunctionalInterface
public interface CatalogueBacklog {

    /** Whether there may be any; also {@code true} when nobody can tell. May wait for the broker. */
    boolean mayHoldUnread();
}
