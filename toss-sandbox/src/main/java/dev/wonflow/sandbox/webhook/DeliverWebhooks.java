package dev.wonflow.sandbox.webhook;

import dev.wonflow.runtime.IdSource;
import dev.wonflow.sandbox.clock.Schedule;
import dev.wonflow.sandbox.payment.Payment;
import java.math.BigInteger;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Delivers webhooks: one attempt at once, and after each failure the next step of the ladder, seven at most. */
@Component
public class DeliverWebhooks {

    /** Waits before the retries; together 3 days, 19 hours and 1 minute. Documented. */
    private static final List<Duration> LADDER = LongStream.of(1, 4, 16, 64, 256, 1024, 4096)
            .mapToObj(Duration::ofMinutes)
            .toList();

    private final Webhooks webhooks;
    private final WebhookSender sender;
    private final Schedule schedule;
    private final WebhookSettings settings;
    private final IdSource ids;
    private final Clock clock;

    DeliverWebhooks(
            Webhooks webhooks,
            WebhookSender sender,
            Schedule schedule,
            WebhookSettings settings,
            IdSource ids,
            Clock clock) {
        this.webhooks = webhooks;
        this.sender = sender;
        this.schedule = schedule;
        this.settings = settings;
        this.ids = ids;
        this.clock = clock;
    }

    /** Whether anybody is there to be told. */
    public boolean hasReceivers() {
        return !settings.webhookUrls().isEmpty();
    }

    /**
     * Takes a message on, once for each receiver; returns before anything is sent.
     *
     * @param eventType null where the message has none
     */
    public void deliver(@Nullable String eventType, Payment about, byte[] body) {
        Instant now = clock.instant();
        for (URI url : settings.webhookUrls()) {
            Webhook webhook =
                    Webhook.planned(transmissionId(), eventType, about.orderId(), about.paymentKey(), url, body, now);
            webhooks.add(webhook);
            plan(webhook, 0, now);
        }
    }

    /**
     * Starts again from the first attempt; what was planned before is void.
     *
     * @return the webhook as it is planned now; empty if there is none
     */
    public Optional<Webhook> resend(String transmissionId) {
        Instant now = clock.instant();
        Optional<Webhook> resent = webhooks.change(transmissionId, webhook -> webhook.resent(now));
        resent.ifPresent(webhook -> plan(webhook, 0, now));
        return resent;
    }

    private void plan(Webhook webhook, int retriedCount, Instant at) {
        schedule.at(at, () -> attempt(webhook.transmissionId(), webhook.run(), retriedCount, at));
    }

    /** The ladder hangs from the moment an attempt was due, not from the moment it failed. */
    private CompletionStage<?> attempt(String transmissionId, int run, int retriedCount, Instant due) {
        return webhooks.find(transmissionId)
                .filter(webhook -> webhook.run() == run)
                .<CompletionStage<?>>map(webhook -> {
                    Instant at = clock.instant();
                    return sender.send(webhook, retriedCount, at)
                            .thenAccept(result -> settle(webhook, retriedCount, due, at, result));
                })
                .orElseGet(() -> CompletableFuture.completedStage(null));
    }

    private void settle(Webhook sent, int retriedCount, Instant due, Instant at, WebhookSender.Result result) {
        Webhook.Attempt attempt = new Webhook.Attempt(at, result.outcome(), result.httpStatus());
        boolean retry = result.outcome() != Webhook.Outcome.ACCEPTED && retriedCount < LADDER.size();
        Instant next = retry ? due.plus(LADDER.get(retriedCount)) : due;
        Optional<Webhook> settled = webhooks.change(sent.transmissionId(), webhook -> {
            if (webhook.run() != sent.run()) {
                return webhook.overtaken(attempt);
            }
            if (result.outcome() == Webhook.Outcome.ACCEPTED) {
                return webhook.accepted(attempt);
            }
            return retry ? webhook.toBeRetried(attempt, next) : webhook.givenUp(attempt);
        });
        if (retry) {
            settled.filter(webhook -> webhook.run() == sent.run())
                    .ifPresent(webhook -> plan(webhook, retriedCount + 1, next));
        }
    }

    private String transmissionId() {
        BigInteger number = new BigInteger(ids.next().toString().replace("-", ""), 16);
        return "whtrans_" + "%26s".formatted(number.toString(32)).replace(' ', '0');
    }
}
