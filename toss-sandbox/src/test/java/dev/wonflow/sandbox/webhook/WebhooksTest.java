package dev.wonflow.sandbox.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class WebhooksTest {

    private static final int LONG = 32 * 1024;

    private final Webhooks webhooks = new Webhooks(new WebhookSettings(List.of(), List.of(), false, 10_000));

    @Test
    void long_bodies_push_old_ones_out_long_before_there_are_too_many() {
        for (int i = 0; i < 3_000; i++) {
            webhooks.add(webhook("id-" + i, "x".repeat(LONG)));
        }

        assertThat(webhooks.all(_ -> true).stream()
                        .mapToLong(webhook -> webhook.body().length())
                        .sum())
                .isBetween(16L * 1024 * 1024, 32L * 1024 * 1024);
        assertThat(webhooks.find("id-2999")).isPresent();
        assertThat(webhooks.find("id-0")).isEmpty();

        webhooks.replace(List.of(webhook("again", "x")));
        for (int i = 0; i < 9_999; i++) {
            webhooks.add(webhook("short-" + i, "x"));
        }
        assertThat(webhooks.find("again")).isPresent();
    }

    private static Webhook webhook(String id, String body) {
        return new Webhook(
                id,
                "PAYMENT_STATUS_CHANGED",
                "order",
                "key",
                null,
                body,
                false,
                Webhook.Status.UNADDRESSED,
                1,
                0,
                List.of(),
                null,
                false,
                List.of());
    }
}
