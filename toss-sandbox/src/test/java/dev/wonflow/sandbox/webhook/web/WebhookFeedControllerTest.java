package dev.wonflow.sandbox.webhook.web;

import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.wonflow.sandbox.webhook.WebhookFeed;
import java.time.Duration;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

class WebhookFeedControllerTest {

    private final WebhookFeedController controller = new WebhookFeedController(new WebhookFeed());

    @Test
    void who_comes_while_the_server_stops_is_cut_off_like_all_others() {
        SseEmitter before = Objects.requireNonNull(controller.feed().getBody());
        controller.cutOffAll();
        SseEmitter after = Objects.requireNonNull(controller.feed().getBody());

        awaitEndOf(before);
        awaitEndOf(after);
    }

    private static void awaitEndOf(SseEmitter emitter) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThatIllegalStateException()
                        .isThrownBy(() -> emitter.send(SseEmitter.event().comment("more")))
                        .withMessageContaining("already completed"));
    }
}
