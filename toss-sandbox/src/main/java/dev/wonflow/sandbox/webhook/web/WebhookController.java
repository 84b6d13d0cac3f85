package dev.wonflow.sandbox.webhook.web;

import dev.wonflow.sandbox.webhook.DeliverWebhooks;
import dev.wonflow.sandbox.webhook.Webhook;
import dev.wonflow.sandbox.webhook.Webhooks;
import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import tools.jackson.databind.JsonNode;

/** Shows the delivery log, sends again, and sends webhooks made by hand. */
@RestController
@RequestMapping("/control/webhooks")
class WebhookController {

    private final Webhooks webhooks;
    private final DeliverWebhooks deliverWebhooks;
    private final HandmadeWebhooks handmadeWebhooks;

    WebhookController(Webhooks webhooks, DeliverWebhooks deliverWebhooks, HandmadeWebhooks handmadeWebhooks) {
        this.webhooks = webhooks;
        this.deliverWebhooks = deliverWebhooks;
        this.handmadeWebhooks = handmadeWebhooks;
    }

    record WebhookView(
            String transmissionId,
            @Nullable String eventType,
            @Nullable String orderId,
            @Nullable String paymentKey,
            Webhook.Status status,
            @Nullable URI url,
            List<Webhook.Attempt> attempts,
            @Nullable Instant nextAttemptAt,
            boolean signed,
            List<String> faults,
            String body) {

        static WebhookView of(Webhook webhook) {
            return new WebhookView(
                    webhook.transmissionId(),
                    webhook.eventType(),
                    webhook.orderId(),
                    webhook.paymentKey(),
                    webhook.status(),
                    webhook.url(),
                    webhook.attempts(),
                    webhook.nextAttemptAt(),
                    webhook.signed(),
                    webhook.faults(),
                    webhook.body());
        }
    }

    /**
     * What to send.
     *
     * @param body sent as it is, text or JSON; without it an envelope is made
     * @param shape {@code classic}, {@code flat} or {@code v2}; that of the event type unless given
     * @param data what the envelope carries; a sample of the event type unless given
     */
    record Handmade(
            @Nullable String eventType,
            @Nullable String orderId,
            @Nullable String paymentKey,
            @Nullable JsonNode body,
            @Nullable String shape,
            @Nullable JsonNode data,
            @Nullable Boolean signed) {}

    @GetMapping
    List<WebhookView> log(
            @RequestParam(required = false) @Nullable String orderId,
            @RequestParam(required = false) @Nullable String eventType,
            @RequestParam(required = false) @Nullable String status,
            @RequestParam(required = false) @Nullable Integer limit) {
        Webhook.Status wanted = status == null ? null : statusNamed(status);
        Predicate<Webhook> filter = webhook -> (orderId == null || orderId.equals(webhook.orderId()))
                && (eventType == null || eventType.equals(webhook.eventName()))
                && (wanted == null || wanted == webhook.status());
        List<Webhook> found = webhooks.all(filter);
        int from = limit == null ? 0 : Math.max(0, found.size() - Math.max(0, limit));
        return found.subList(from, found.size()).stream().map(WebhookView::of).toList();
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    List<WebhookView> send(@RequestBody Handmade request) {
        try {
            return handmadeWebhooks.send(request).stream().map(WebhookView::of).toList();
        } catch (IllegalArgumentException e) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST, e.getMessage(), e);
        }
    }

    @GetMapping("/samples")
    List<HandmadeWebhooks.Sample> samples() {
        return handmadeWebhooks.samples();
    }

    @PostMapping("/{transmissionId}/resend")
    WebhookView resend(@PathVariable String transmissionId) {
        try {
            return deliverWebhooks
                    .resend(transmissionId)
                    .map(WebhookView::of)
                    .orElseThrow(() -> new ResponseStatusException(
                            HttpStatus.NOT_FOUND,
                            "webhook: " + transmissionId + " (expected: one of GET /control/webhooks)"));
        } catch (IllegalStateException e) {
            throw new ResponseStatusException(HttpStatus.CONFLICT, e.getMessage(), e);
        }
    }

    private static Webhook.Status statusNamed(String name) {
        return Arrays.stream(Webhook.Status.values())
                .filter(status -> status.name().equals(name.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new ResponseStatusException(
                        HttpStatus.BAD_REQUEST,
                        "status: " + name + " (expected: one of " + Arrays.toString(Webhook.Status.values()) + ")"));
    }
}
