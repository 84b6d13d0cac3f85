package dev.wonflow.sandbox.webhook;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of webhooks. Nothing but these addresses is ever called.
 *
 * @param webhookUrls addresses every webhook is sent to
 * @param webhookUrlsBeyondLoopback Whether an address may lie outside this machine, for instance in a network of
 *     containers
 * @param webhookCapacity number of webhooks kept in the delivery log; beyond it the oldest is forgotten and no longer
 *     retried
 */
@ConfigurationProperties("wonflow.sandbox")
record WebhookSettings(
        @DefaultValue List<URI> webhookUrls,
        @DefaultValue("false") boolean webhookUrlsBeyondLoopback,
        @DefaultValue("10000") int webhookCapacity) {

    WebhookSettings {
        for (URI url : webhookUrls) {
            if (!"http".equals(url.getScheme()) && !"https".equals(url.getScheme())) {
                throw new IllegalArgumentException(
                        "wonflow.sandbox.webhook-urls: " + url + " (expected: an http or https address)");
            }
            if (!webhookUrlsBeyondLoopback && !isLoopback(url.getHost())) {
                throw new IllegalArgumentException(
                        "wonflow.sandbox.webhook-urls: " + url
                                + " (expected: an address of this machine; wonflow.sandbox.webhook-urls-beyond-loopback=true allows others)");
            }
        }
        if (webhookCapacity < 1) {
            throw new IllegalArgumentException(
                    "wonflow.sandbox.webhook-capacity: " + webhookCapacity + " (expected: >= 1)");
        }
    }

    private static boolean isLoopback(@Nullable String host) {
        try {
            // No name at all would be read as this machine.
            return host != null && InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException _) {
            return false;
        }
    }
}
