package dev.wonflow.sandbox.webhook;

import dev.wonflow.runtime.IdSource;
import dev.wonflow.sandbox.assumption.Assumptions;
import dev.wonflow.sandbox.clock.SandboxClock;
import dev.wonflow.sandbox.clock.Schedule;
import dev.wonflow.sandbox.fault.Fault;
import dev.wonflow.sandbox.fault.Fault.Kind;
import dev.wonflow.sandbox.fault.Faults;
import dev.wonflow.sandbox.fault.StruckCall;
import dev.wonflow.sandbox.state.Kept;
import dev.wonflow.sandbox.webhook.Webhook.Attempt;
import dev.wonflow.sandbox.webhook.Webhook.Outcome;
import java.math.BigInteger;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
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

    /** Attempts under way to one address; further ones wait for their turn. */
    private static final int MOST_AT_ONCE = 32;

    /** An attempt that comes later than that after it was due was kept from its time: the sandbox did not run. */
    private static final Duration LATE = Duration.ofMinutes(1);

    private static final DateTimeFormatter TRANSMISSION_TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxxx", Locale.ROOT).withZone(SandboxClock.SEOUL);

    private final Webhooks webhooks;
    private final Endpoints endpoints;
    private final WebhookSender sender;
    private final WebhookFeed feed;
    private final Optional<WebhookSignature> signature;
    private final Schedule schedule;
    private final Faults faults;
    private final WebhookBodies bodies;
    private final Assumptions assumptions;
    private final IdSource ids;
    private final Clock clock;
    private final Turns turns;

    /** Who is waited for by the answer to a call, by transmission id. */
    private final Map<String, CompletableFuture<Boolean>> firstAttempts = new ConcurrentHashMap<>();

    DeliverWebhooks(
            Webhooks webhooks,
            Endpoints endpoints,
            WebhookSender sender,
            WebhookFeed feed,
            Optional<WebhookSignature> signature,
            Schedule schedule,
            Faults faults,
            WebhookBodies bodies,
            Assumptions assumptions,
            IdSource ids,
            Clock clock) {
        this.webhooks = webhooks;
        this.endpoints = endpoints;
        this.sender = sender;
        this.feed = feed;
        this.signature = signature;
        this.schedule = schedule;
        this.faults = faults;
        this.bodies = bodies;
        this.assumptions = assumptions;
        this.ids = ids;
        this.clock = clock;
        // The log has forgotten a webhook that waits behind so many others.
        this.turns = new Turns(MOST_AT_ONCE, webhooks.capacity());
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
        Message message = new Message(eventType, orderId, paymentKey, body, signed);
        Instant now = clock.instant();
        WebhookStrokes strokes = new WebhookStrokes(faults, message);
        Message first = strokes.hit(Kind.WEBHOOK_WRONG_SECRET) ? message.saying(bodies.withWrongSecret(body)) : message;
        Optional<Fault> contradicted = strokes.take(Kind.WEBHOOK_CONTRADICTED);
        boolean withheld = strokes.hit(Kind.WEBHOOK_NEVER);
        boolean twice = !withheld && strokes.hit(Kind.WEBHOOK_TWICE);
        Optional<Fault> reordered = withheld ? Optional.empty() : strokes.take(Kind.WEBHOOK_REORDERED);
        boolean early = !withheld && strokes.hit(Kind.WEBHOOK_BEFORE_ANSWER);

        List<Webhook> delivered = new ArrayList<>();
        for (URI url : endpoints.takersOf(message.eventName())) {
            Webhook webhook = webhook(first, url, now, strokes.kinds());
            if (early) {
                StruckCall.holdAnswerFor(firstAttempt(webhook));
            }
            delivered.add(
                    withheld
                            ? logged(webhook.withheld())
                            : started(reordered
                                    .map(fault -> webhook.heldBackUntil(now.plus(fault.delay())))
                                    .orElse(webhook)));
            if (twice) {
                schedule.at(now, () -> attemptBesides(webhook, url));
            }
            contradicted.ifPresent(fault -> delivered.add(started(webhook(
                    message.saying(bodies.contradicting(body)), url, now.plus(fault.delay()), strokes.kinds()))));
        }
        return delivered.isEmpty() ? List.of(unaddressed(webhook(first, null, now, strokes.kinds()))) : delivered;
    }

    private Webhook webhook(Message message, @Nullable URI url, Instant at, List<String> struck) {
        return new Webhook(
                transmissionId(),
                message.eventType(),
                message.orderId(),
                message.paymentKey(),
                url,
                message.body(),
                message.signed(),
                url == null ? Webhook.Status.UNADDRESSED : Webhook.Status.SENDING,
                webhooks.nextRun(),
                0,
                List.of(),
                url == null ? null : at,
                false,
                struck);
    }

    private Webhook unaddressed(Webhook webhook) {
        Instant now = clock.instant();
        feed.tell(sent(webhook, null, now, headers(webhook, webhook.transmissionId(), now)));
        return logged(webhook);
    }

    private Webhook logged(Webhook webhook) {
        webhooks.add(webhook);
        return webhook;
    }

    private Webhook started(Webhook webhook) {
        webhooks.add(webhook);
        plan(webhook);
        return webhook;
    }

    /** Completes when there is no longer a first attempt to wait for. */
    private CompletableFuture<Boolean> firstAttempt(Webhook webhook) {
        return firstAttempts.computeIfAbsent(webhook.transmissionId(), _ -> new CompletableFuture<>());
    }

    /** Sends it once more than it should be, whatever becomes of that. */
    private CompletionStage<?> attemptBesides(Webhook webhook, URI url) {
        return turns.inTurn(
                url,
                () -> sent(webhook, url)
                        .thenAccept(attempt -> webhooks.change(
                                webhook.transmissionId(), webhook.run(), logged -> logged.alsoTried(attempt))));
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
            // Only its name waits: a webhook may be forgotten long before its last retry.
            String id = webhook.transmissionId();
            long run = webhook.run();
            int retriedCount = webhook.retriedCount();
            schedule.at(
                    at,
                    () -> attempt(id, run, retriedCount, at),
                    () -> awaited(id, run, retriedCount).isPresent());
        }
    }

    /** The webhook, if its next attempt is still the one that was planned. */
    private Optional<Webhook> awaited(String webhookId, long run, int retriedCount) {
        return webhooks.find(webhookId)
                .filter(webhook -> webhook.run() == run && webhook.retriedCount() == retriedCount);
    }

    private CompletionStage<?> attempt(String webhookId, long run, int retriedCount, Instant due) {
        return awaited(webhookId, run, retriedCount)
                .map(Webhook::url)
                .<CompletionStage<?>>map(
                        url -> turns.inTurn(url, () -> attemptNow(webhookId, run, retriedCount, url, due)))
                .orElseGet(() -> CompletableFuture.completedStage(null));
    }

    private CompletionStage<?> attemptNow(String webhookId, long run, int retriedCount, URI url, Instant due) {
        return awaited(webhookId, run, retriedCount)
                .<CompletionStage<?>>map(
                        webhook -> sent(webhook, url).thenAccept(attempt -> settle(webhook, url, due, attempt)))
                .orElseGet(() -> CompletableFuture.completedStage(null));
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
            signature
                    .flatMap(signs -> signs.of(webhook.body(), time))
                    .ifPresent(value -> headers.put("tosspayments-webhook-signature", value));
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
                    ? webhook.toBeRetried(attempt, hangingFrom(due, attempt).plus(LADDER.get(sent.retriedCount())))
                    : webhook.givenUp(attempt);
        });
        Optional.ofNullable(firstAttempts.remove(sent.transmissionId())).ifPresent(first -> first.complete(true));
        // Nobody hears of an attempt that belongs to books that were replaced.
        settled.ifPresent(webhook -> afterwards(webhook, sent, url, attempt));
    }

    /**
     * The ladder hangs from the moment an attempt was due, not from when it failed, unless it could not be made then.
     */
    private static Instant hangingFrom(Instant due, Attempt attempt) {
        return attempt.at().isAfter(due.plus(LATE)) ? attempt.at() : due;
    }

    private void afterwards(Webhook settled, Webhook sent, URI url, Attempt attempt) {
        if (settled.run() == sent.run()) {
            plan(settled);
        }
        if (!sent.heldBack()) {
            webhooks.heldBackBehind(sent).forEach(this::release);
        }
        feed.tell(new WebhookFeed.Event.Ended(
                clock.instant(),
                settled.transmissionId(),
                settled.orderId(),
                url,
                attempt.outcome(),
                attempt.httpStatus(),
                settled.status(),
                settled.nextAttemptAt()));
    }

    /** A later webhook about the same order has overtaken it: now it is sent. */
    private void release(Webhook held) {
        Instant now = clock.instant();
        long run = webhooks.nextRun();
        webhooks.change(
                        held.transmissionId(),
                        webhook -> webhook.run() == held.run() ? webhook.started(run, now) : webhook)
                .filter(webhook -> webhook.run() == run)
                .ifPresent(this::plan);
    }

    private String transmissionId() {
        BigInteger number = new BigInteger(ids.next().toString().replace("-", ""), 16);
        return "whtrans_" + "%26s".formatted(number.toString(32)).replace(' ', '0');
    }

    /** What is to be told, the same for every endpoint. */
    record Message(
            @Nullable String eventType,
            @Nullable String orderId,
            @Nullable String paymentKey,
            String body,
            boolean signed) {

        String eventName() {
            return Webhook.nameOf(eventType);
        }

        Message saying(String otherBody) {
            return new Message(eventType, orderId, paymentKey, otherBody, signed);
        }
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
        firstAttempts.values().forEach(first -> first.complete(false));
        firstAttempts.clear();
        webhooks.replace(state.webhooks()).forEach(this::plan);
    }
}
