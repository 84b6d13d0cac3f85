package dev.wonflow.sandbox.webhook;

import dev.wonflow.runtime.IdSource;
import dev.wonflow.sandbox.assumption.Assumptions;
import dev.wonflow.sandbox.clock.SandboxClock;
import dev.wonflow.sandbox.clock.Schedule;
import dev.wonflow.sandbox.state.Kept;
import dev.wonflow.sandbox.webhook.Webhook.Attempt;
import dev.wonflow.sandbox.webhook.Webhook.Outcome;
import java.math.BigInteger;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Delivers webhooks: one attempt at once, and after each failure the next step of the ladder, seven at most. */
@Component
public class DeliverWebhooks implements Kept<DeliverWebhooks.State> {

    /** Waits before the retries; together 3 days, 19 hours and 1 minute. Documented. */
    private static final List<Duration> LADDER = LongStream.of(1, 4, 16, 64, 256, 1024, 4096)
            .mapToObj(Duration::ofMinutes)
            .toList();

    private static final DateTimeFormatter TRANSMISSION_TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxxx", Locale.ROOT).withZone(SandboxClock.SEOUL);

    private final Webhooks webhooks;
    private final Endpoints endpoints;
    private final WebhookSender sender;
    private final WebhookFeed feed;
    private final Optional<WebhookSignature> signature;
    private final Schedule schedule;
    private final Assumptions assumptions;
    private final IdSource ids;
    private final Clock clock;

    DeliverWebhooks(
            Webhooks webhooks,
            Endpoints endpoints,
            WebhookSender sender,
            WebhookFeed feed,
            Optional<WebhookSignature> signature,
            Schedule schedule,
            Assumptions assumptions,
            IdSource ids,
            Clock clock) {
        this.webhooks = webhooks;
        this.endpoints = endpoints;
        this.sender = sender;
        this.feed = feed;
        this.signature = signature;
        this.schedule = schedule;
        this.assumptions = assumptions;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * Takes a message on, once for each address registered for it; returns before anything is sent.
     *
     * @param eventType null where the message has none
     * @param body JSON text, sent in UTF-8 as it is
     * @param signed whether each attempt carries a signature, as only events of payouts and sellers do
     * @return the webhooks it became; one without an address if nobody registered
     */
    public List<Webhook> deliver(
            @Nullable String eventType,
            @Nullable String orderId,
            @Nullable String paymentKey,
            String body,
            boolean signed) {
        Instant now = clock.instant();
        List<URI> takers = endpoints.takersOf(Webhook.nameOf(eventType));
        if (takers.isEmpty()) {
            return List.of(unaddressed(message(eventType, orderId, paymentKey, null, body, signed, now)));
        }
        return takers.stream()
                .map(url -> started(message(eventType, orderId, paymentKey, url, body, signed, now)))
                .toList();
    }

    private Webhook message(
            @Nullable String eventType,
            @Nullable String orderId,
            @Nullable String paymentKey,
            @Nullable URI url,
            String body,
            boolean signed,
            Instant at) {
        return new Webhook(
                transmissionId(),
                eventType,
                orderId,
                paymentKey,
                url,
                body,
                signed,
                url == null ? Webhook.Status.UNADDRESSED : Webhook.Status.SENDING,
                webhooks.nextRun(),
                0,
                List.of(),
                url == null ? null : at,
                false,
                List.of());
    }

    private Webhook unaddressed(Webhook webhook) {
        Instant now = clock.instant();
        webhooks.add(webhook);
        feed.tell(sent(webhook, null, now, headers(webhook, webhook.transmissionId(), now)));
        return webhook;
    }

    private Webhook started(Webhook webhook) {
        webhooks.add(webhook);
        plan(webhook);
        return webhook;
    }

    /**
     * Starts again from the first attempt; what was planned before is void.
     *
     * @return the webhook as it is planned now; empty if there is none
     * @throws IllegalStateException if it has no address
     */
    public Optional<Webhook> resend(String transmissionId) {
        Instant now = clock.instant();
        Optional<Webhook> resent = webhooks.change(transmissionId, webhook -> {
            if (webhook.url() == null) {
                throw new IllegalStateException("webhook: " + transmissionId
                        + " has no address (expected: one that was sent; POST /control/webhook-urls registers one)");
            }
            return webhook.started(webhooks.nextRun(), now);
        });
        resent.ifPresent(this::plan);
        return resent;
    }

    private void plan(Webhook webhook) {
        Instant at = webhook.nextAttemptAt();
        if (at != null) {
            schedule.at(at, () -> attempt(webhook.transmissionId(), webhook.run(), webhook.retriedCount(), at));
        }
    }

    /** The ladder hangs from the moment an attempt was due, not from the moment it failed. */
    private CompletionStage<?> attempt(String webhookId, long run, int retriedCount, Instant due) {
        return webhooks.find(webhookId)
                .filter(webhook -> webhook.run() == run && webhook.retriedCount() == retriedCount)
                .<CompletionStage<?>>map(webhook -> {
                    URI url = webhook.url();
                    return url == null ? CompletableFuture.completedStage(null) : attempt(webhook, url, due);
                })
                .orElseGet(() -> CompletableFuture.completedStage(null));
    }

    private CompletionStage<?> attempt(Webhook webhook, URI url, Instant due) {
        return sent(webhook, url).thenAccept(attempt -> settle(webhook, url, due, attempt));
    }

    private CompletableFuture<Attempt> sent(Webhook webhook, URI url) {
        Instant at = clock.instant();
        boolean ownId = webhook.retriedCount() > 0 && assumptions.transmissionIdPerAttempt();
        String transmissionId = ownId ? transmissionId() : webhook.transmissionId();
        if (!endpoints.has(url)) {
            return CompletableFuture.completedFuture(
                    new Attempt(at, transmissionId, webhook.retriedCount(), Outcome.UNREGISTERED, null));
        }
        Map<String, String> headers = headers(webhook, transmissionId, at);
        feed.tell(sent(webhook, url, at, headers));
        return sender.send(url, headers, webhook.body())
                .thenApply(result ->
                        new Attempt(at, transmissionId, webhook.retriedCount(), result.outcome(), result.httpStatus()));
    }

    private static WebhookFeed.Event sent(Webhook webhook, @Nullable URI url, Instant at, Map<String, String> headers) {
        return new WebhookFeed.Event.Sent(
                at,
                webhook.transmissionId(),
                webhook.eventType(),
                webhook.orderId(),
                webhook.paymentKey(),
                url,
                webhook.retriedCount(),
                headers,
                webhook.body());
    }

    private Map<String, String> headers(Webhook webhook, String transmissionId, Instant at) {
        Map<String, String> headers = new LinkedHashMap<>();
        String time = TRANSMISSION_TIME.format(at);
        headers.put("Content-Type", "application/json");
        headers.put("tosspayments-webhook-transmission-time", time);
        headers.put("tosspayments-webhook-transmission-retried-count", Integer.toString(webhook.retriedCount()));
        headers.put("tosspayments-webhook-transmission-id", transmissionId);
        if (webhook.signed()) {
            signature.ifPresent(signs -> headers.put("tosspayments-webhook-signature", signs.of(webhook.body(), time)));
        }
        return headers;
    }

    private void settle(Webhook sent, URI url, Instant due, Attempt attempt) {
        boolean retry = attempt.outcome() != Outcome.ACCEPTED
                && attempt.outcome() != Outcome.UNREGISTERED
                && sent.retriedCount() < LADDER.size();
        Optional<Webhook> settled = webhooks.change(sent.transmissionId(), sent.run(), webhook -> {
            if (webhook.run() != sent.run()) {
                return webhook.alsoTried(attempt);
            }
            if (attempt.outcome() == Outcome.ACCEPTED) {
                return webhook.accepted(attempt);
            }
            return retry
                    ? webhook.toBeRetried(attempt, due.plus(LADDER.get(sent.retriedCount())))
                    : webhook.givenUp(attempt);
        });
        settled.filter(webhook -> webhook.run() == sent.run()).ifPresent(this::plan);
        settled.ifPresent(webhook -> feed.tell(new WebhookFeed.Event.Ended(
                clock.instant(),
                webhook.transmissionId(),
                webhook.orderId(),
                url,
                attempt.outcome(),
                attempt.httpStatus(),
                webhook.status(),
                webhook.nextAttemptAt())));
    }

    private String transmissionId() {
        BigInteger number = new BigInteger(ids.next().toString().replace("-", ""), 16);
        return "whtrans_" + "%26s".formatted(number.toString(32)).replace(' ', '0');
    }

    /** The delivery log. */
    public record State(List<Webhook> webhooks) {}

    @Override
    public String stateName() {
        return "webhooks";
    }

    @Override
    public Class<State> stateType() {
        return State.class;
    }

    @Override
    public State state() {
        return new State(webhooks.all(_ -> true));
    }

    @Override
    public void restore(State state) {
        webhooks.replace(state.webhooks()).forEach(this::plan);
    }
}
