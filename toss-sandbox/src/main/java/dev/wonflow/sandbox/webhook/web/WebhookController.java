package dev.wonflow.sandbox.webhook.web;

import dev.wonflow.sandbox.webhook.DeliverWebhooks;
import dev.wonflow.sandbox.webhook.Webhook;
import dev.wonflow.sandbox.webhook.Webhooks;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Shows the delivery log, and sends again. */
@RestController
@RequestMapping("/control/webhooks")
class WebhookController {

    private final Webhooks webhooks;
    private final DeliverWebhooks deliverWebhooks;

    WebhookController(Webhooks webhooks, DeliverWebhooks deliverWebhooks) {
        this.webhooks = webhooks;
        this.deliverWebhooks = deliverWebhooks;
    }

    record WebhookView(
            String transmissionId,
            @Nullable String eventType,
            String orderId,
            String paymentKey,
            Webhook.Status status,
            URI url,
            List<Webhook.Attempt> attempts,
            @Nullable Instant nextAttemptAt,
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
                    new String(webhook.body(), StandardCharsets.UTF_8));
        }
    }

    @GetMapping
    List<WebhookView> log(@RequestParam(required = false) @Nullable String orderId) {
        return webhooks.about(orderId).stream().map(WebhookView::of).toList();
    }

    @PostMapping("/{transmissionId}/resend")
    WebhookView resend(@PathVariable String transmissionId) {
        return deliverWebhooks
                .resend(transmissionId)
                .map(WebhookView::of)
                .orElseThrow(() -> new ResponseStatusException(
                        HttpStatus.NOT_FOUND,
                        "webhook: " + transmissionId + " (expected: one of GET /control/webhooks)"));
    }
}
