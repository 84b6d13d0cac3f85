package dev.wonflow.sandbox.webhook;

import java.net.URI;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of webhooks. Nothing but these addresses, and those added through the control API, is ever called.
 *
 * @param webhookUrls addresses every webhook is sent to
 * @param webhooks addresses with the types of events each chose
 * @param webhookUrlsBeyondLoopback Whether an address may lie outside this machine, for instance in a network of
 *     containers
 * @param webhookCapacity number of webhooks kept in the delivery log; beyond it the oldest is forgotten and no longer
 *     retried
 */
@ConfigurationProperties("wonflow.sandbox")
record WebhookSettings(
        @DefaultValue List<URI> webhookUrls,
        @DefaultValue List<Chosen> webhooks,
        @DefaultValue("false") boolean webhookUrlsBeyondLoopback,
        @DefaultValue("10000") int webhookCapacity) {

    WebhookSettings {
        for (URI url : webhookUrls) {
            URI _ = Endpoint.address("wonflow.sandbox.webhook-urls", url.toString(), webhookUrlsBeyondLoopback);
        }
        for (Chosen chosen : webhooks) {
            URI _ = Endpoint.address("wonflow.sandbox.webhooks", chosen.url().toString(), webhookUrlsBeyondLoopback);
        }
        if (webhookCapacity < 1) {
            throw new IllegalArgumentException(
                    "wonflow.sandbox.webhook-capacity: " + webhookCapacity + " (expected: >= 1)");
        }
    }

    /**
     * One address.
     *
     * @param url where to send
     * @param eventTypes what to send there, such as PAYMENT_STATUS_CHANGED or DEPOSIT_CALLBACK; all unless given
     */
    record Chosen(URI url, @DefaultValue List<String> eventTypes) {}
}
