package dev.wonflow.payment.webhook;

import java.time.LocalDate;

/** The days (UTC) answered webhooks are kept by. */
public interface WebhookDays {

    /** Makes the tables of the next days. A table that is in use is left to the next time. */
    void prepare(LocalDate today);

    /**
     * Drops the days before {@code oldestKept} of webhooks about payments of ours, and those before
     * {@code oldestStrayKept} of others.
     */
    void drop(LocalDate oldestKept, LocalDate oldestStrayKept);
}
