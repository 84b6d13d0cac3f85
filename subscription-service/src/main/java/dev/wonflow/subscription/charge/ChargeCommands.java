package dev.wonflow.subscription.charge;

import java.util.List;

/** Asks payment-service to charge. */
@FunctionalInterface
public interface ChargeCommands {

    /** In the caller's transaction: they are sent if, and only if, it commits. */
    void send(List<ChargeAttempt> attempts);
}
