package dev.wonflow.sandbox.control.web;

import dev.wonflow.sandbox.webhook.Webhook;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A webhook as the page shows it.
 *
 * @param url null if nobody registered for it
 * @param tone style of its state
 * @param next when it is sent again; null if it is not
 * @param attempts the latest, the newest first
 * @param earlier number of attempts before those
 */
record WebhookRow(
        String id,
        String event,
        @Nullable String orderId,
        @Nullable String paymentKey,
        @Nullable String url,
        Webhook.Status state,
        String tone,
        @Nullable String next,
        List<Attempt> attempts,
        int earlier,
        List<String> faults,
        String body) {

    private static final int ATTEMPTS_SHOWN = 3;

    /**
     * One attempt.
     *
     * @param httpStatus null if there was no answer
     */
    record Attempt(
            String at, Webhook.Outcome outcome, @Nullable Integer httpStatus) {}

    static WebhookRow of(Webhook webhook) {
        List<Attempt> latest = webhook.attempts().reversed().stream()
                .limit(ATTEMPTS_SHOWN)
                .map(attempt -> new Attempt(Show.shortTime(attempt.at()), attempt.outcome(), attempt.httpStatus()))
                .toList();
        URI url = webhook.url();
        Instant next = webhook.nextAttemptAt();
        return new WebhookRow(
                webhook.transmissionId(),
                webhook.eventName(),
                webhook.orderId(),
                webhook.paymentKey(),
                url == null ? null : url.toString(),
                webhook.status(),
                tone(webhook.status()),
                next == null ? null : Show.shortTime(next),
                latest,
                webhook.attempts().size() - latest.size(),
                webhook.faults(),
                webhook.body());
    }

    private static String tone(Webhook.Status status) {
        return switch (status) {
            case SUCCEEDED -> "good";
            case FAILED -> "bad";
            case SENDING -> "open";
            case WITHHELD, UNADDRESSED -> "";
        };
    }
}
