package dev.wonflow.sandbox.webhook.web;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of sending webhooks.
 *
 * @param webhookTimeout how long a receiver may take to answer, in real time; documented
 */
@ConfigurationProperties("wonflow.sandbox")
record HttpWebhookSettings(@DefaultValue("10s") Duration webhookTimeout) {

    HttpWebhookSettings {
        if (!webhookTimeout.isPositive()) {
            throw new IllegalArgumentException(
                    "wonflow.sandbox.webhook-timeout: " + webhookTimeout + " (expected: > 0)");
        }
    }
}
