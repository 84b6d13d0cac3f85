package dev.wonflow.webhook;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the webhook endpoint.
 *
 * @param requireSignature Whether an unsigned webhook is refused. Toss signs only {@code payout.changed} and
 *     {@code seller.changed}, so this is for merchants whose own gateway signs everything
 * @param bodyDeadline Longest time a request's body may take to arrive as a whole
 * @param ackTimeout Longest wait for Kafka's acknowledgement; Toss itself gives up after 10 seconds
 * @param allowedSources Addresses and networks that webhooks may come from; any if there is none. A second layer: an
 *     address says nothing of what a webhook claims
 * @param trustedProxies Addresses and networks of our own proxies, whose {@code X-Forwarded-For} is believed
 * @param inFlight Memory that all requests in progress may take together; what comes beyond it is told to retry
 */
@ConfigurationProperties("wonflow.webhook")
public record WebhookProperties(
        @DefaultValue("false") boolean requireSignature,
        @DefaultValue("5s") Duration bodyDeadline,
        @DefaultValue("7s") Duration ackTimeout,
        @DefaultValue("64MB") DataSize inFlight,
        @DefaultValue List<String> allowedSources,
        @DefaultValue List<String> trustedProxies) {

    /** Toss counts an answer that takes longer as a failed delivery. */
    private static final Duration TOSS_PATIENCE = Duration.ofSeconds(10);

    /** Room for a handful of the largest requests; with less, one of them could never be let in. */
    private static final DataSize LEAST_IN_FLIGHT = DataSize.ofMegabytes(1);

    public WebhookProperties {
        if (!bodyDeadline.isPositive()) {
            throw new IllegalArgumentException(
                    "wonflow.webhook.body-deadline: " + bodyDeadline + " (expected: more than zero)");
        }
        if (!ackTimeout.isPositive() || ackTimeout.compareTo(TOSS_PATIENCE) >= 0) {
            throw new IllegalArgumentException("wonflow.webhook.ack-timeout: " + ackTimeout
                    + " (expected: more than zero and less than " + TOSS_PATIENCE + ")");
        }
        if (inFlight.compareTo(LEAST_IN_FLIGHT) < 0 || inFlight.toKilobytes() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "wonflow.webhook.in-flight: " + inFlight + " (expected: " + LEAST_IN_FLIGHT + " or more)");
        }
    }
}
