package dev.wonflow.order;

import dev.wonflow.openapi.OpenApiContract;
import dev.wonflow.testsupport.server.RealServers;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContext;

@RealServers
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"APP_URL=http://127.0.0.1:18085", "wonflow.order.sweep-interval=1h"})
class OpenApiIT extends OpenApiContract {

    OpenApiIT(ApplicationContext service) {
        super(service, "Wonflow orders", "Orders of a shop, from the cart to shipped or cancelled.");
    }
}
