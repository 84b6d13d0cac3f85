package dev.wonflow.webhook.web;

import dev.wonflow.webhook.WebhookProperties;
import java.time.Duration;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/**
 * Limits the pauses within a body apart from Tomcat's {@code connection-timeout}, which also covers the time before a
 * request: that one has to be patient with a sender that connects first and speaks later.
 */
@Component
final class BodyPauses implements WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> {

    private static final Duration LONGEST = Duration.ofSeconds(2);

    private final Duration longest;

    BodyPauses(WebhookProperties settings) {
        this.longest = settings.bodyDeadline().compareTo(LONGEST) < 0 ? settings.bodyDeadline() : LONGEST;
    }

    @Override
    public void customize(ConfigurableTomcatWebServerFactory tomcat) {
        tomcat.addConnectorCustomizers(connector -> {
            if (connector.getProtocolHandler() instanceof AbstractHttp11Protocol<?> http) {
                http.setDisableUploadTimeout(false);
                http.setConnectionUploadTimeout((int) longest.toMillis());
            }
        });
    }
}
