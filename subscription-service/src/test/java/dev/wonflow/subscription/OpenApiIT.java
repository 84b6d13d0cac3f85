package dev.wonflow.subscription;

import dev.wonflow.openapi.OpenApiContract;
import dev.wonflow.testsupport.server.RealServers;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContext;

@RealServers
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class OpenApiIT extends OpenApiContract {

    OpenApiIT(ApplicationContext service) {
        super(service, "Wonflow subscriptions", "The plans on sale, and what a tenant has paid for.");
    }
}
