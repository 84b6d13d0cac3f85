package dev.wonflow.webhook;

import dev.wonflow.openapi.OpenApiContract;
import dev.wonflow.testsupport.access.WithTokenIssuer;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContext;

@WithTokenIssuer
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "spring.kafka.bootstrap-servers=127.0.0.1:1")
class OpenApiIT extends OpenApiContract {

    OpenApiIT(ApplicationContext service) {
        super(service, "Wonflow webhooks", "The addresses that Toss Payments sends its webhooks to.");
    }
}
