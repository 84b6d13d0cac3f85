package dev.wonflow.webhook;

import dev.wonflow.testsupport.access.AttackOnEveryRoute;
import dev.wonflow.testsupport.access.WithTokenIssuer;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.test.context.SpringBootTest;

/** Toss may come in, and nobody else, and nowhere else. */
@WithTokenIssuer
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "spring.kafka.bootstrap-servers=127.0.0.1:1")
class AccessIT extends AttackOnEveryRoute {

    @Override
    protected Map<String, Set<String>> routes() {
        return Map.of("POST /api/webhooks/toss", ANYBODY, "POST /api/payments/webhook", ANYBODY);
    }
}
