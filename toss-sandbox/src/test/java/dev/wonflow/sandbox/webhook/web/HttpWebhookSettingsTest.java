package dev.wonflow.sandbox.webhook.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class HttpWebhookSettingsTest {

    @Test
    void as_shipped_a_receiver_has_ten_seconds() {
        HttpWebhookSettings shipped = new Binder(new MapConfigurationPropertySource(Map.of()))
                .bindOrCreate("wonflow.sandbox", HttpWebhookSettings.class);

        assertThat(shipped.webhookTimeout()).isEqualTo(Duration.ofSeconds(10));
    }
}
