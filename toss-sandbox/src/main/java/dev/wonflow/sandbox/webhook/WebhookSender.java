package dev.wonflow.sandbox.webhook;

import java.net.URI;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Carries a webhook to its address. */
public interface WebhookSender {

    /**
     * Makes one attempt, without blocking the caller.
     *
     * @param body sent in UTF-8
     * @return what became of it; never completes exceptionally
     */
    CompletableFuture<Result> send(URI url, Map<String, String> headers, String body);

    /**
     * What became of one attempt.
     *
     * @param httpStatus null if there was no answer
     */
    record Result(Webhook.Outcome outcome, @Nullable Integer httpStatus) {}
}
