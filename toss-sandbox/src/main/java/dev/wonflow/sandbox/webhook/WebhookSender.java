package dev.wonflow.sandbox.webhook;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Carries a webhook to its address. */
public interface WebhookSender {

    /**
     * Makes one attempt, without blocking the caller.
     *
     * @param retriedCount 0 for the first attempt
     * @param at time of this attempt
     * @return what became of it; never completes exceptionally
     */
    CompletableFuture<Result> send(Webhook webhook, int retriedCount, Instant at);

    /**
     * What became of one attempt.
     *
     * @param httpStatus null if there was no answer
     */
    record Result(Webhook.Outcome outcome, @Nullable Integer httpStatus) {}
}
