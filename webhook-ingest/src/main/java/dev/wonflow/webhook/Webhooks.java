package dev.wonflow.webhook;

/** The log of everything Toss has told us. */
@FunctionalInterface
public interface Webhooks {

    /**
     * Returns once the webhook is stored for good.
     *
     * @throws WebhookRefused with {@link Refusal#KAFKA_UNAVAILABLE} if that could not be learned in time; the webhook
     *     may still turn up in the log, and again when Toss repeats it
     */
    void keep(Webhook webhook);
}
