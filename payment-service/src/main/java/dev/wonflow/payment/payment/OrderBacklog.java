package dev.wonflow.payment.payment;

/** What other services have said about orders and we have not read yet. */
public interface OrderBacklog {

    /** Whether there may be something; true also when nobody can tell. May be a second old. */
    boolean mayHoldUnread();
}
