package dev.wonflow.subscription.dunning;

import dev.wonflow.subscription.invoice.Invoice;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Something a tenant is to be told about an invoice that is not paid. */
public sealed interface DunningFact {

    Invoice invoice();

    /**
     * The first decline that counts.
     *
     * @param nextAttemptAt null: it is not tried again by itself
     */
    record Declined(Invoice invoice, String code, @Nullable Instant nextAttemptAt) implements DunningFact {}

    /**
     * Nothing helps but another card or account.
     *
     * @param declines how many counted so far
     * @param restrictedAt from when less can be used; null: it is so already
     */
    record MethodNeeded(
            Invoice invoice, int declines, @Nullable Instant restrictedAt) implements DunningFact {}

    /** It is about to be tried again. */
    record RetryUpcoming(Invoice invoice, int declines, Instant attemptAt) implements DunningFact {}

    /**
     * Not everything can be used any more.
     *
     * @param until when that is over; null: not by time
     */
    record Restricted(Invoice invoice, @Nullable Instant until) implements DunningFact {}

    /** Nothing can be used any more; likewise. */
    record Suspended(Invoice invoice, @Nullable Instant until) implements DunningFact {}

    /** It was paid after all. */
    record Recovered(Invoice invoice) implements DunningFact {}
}
