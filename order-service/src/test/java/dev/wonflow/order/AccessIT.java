package dev.wonflow.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.testsupport.access.AttackOnEveryRoute;
import dev.wonflow.testsupport.access.RawHttp;
import dev.wonflow.testsupport.access.TokenIssuer;
import dev.wonflow.testsupport.server.RealServers;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;

@RealServers
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"APP_URL=http://127.0.0.1:18085", "wonflow.order.sweep-interval=1h"})
class AccessIT extends AttackOnEveryRoute {

    private static final String CART = """
        {"items": [{"sku": "MUG", "name": "머그컵", "unitPrice": 12000, "quantity": 2}]}
        """;
    private static final String NOBODYS = "ord_019b8c18e38073c4af0b6d4c8e91a0ff";

    @Override
    protected Map<String, Set<String>> routes() {
        return Map.of(
                "POST /api/payments/ready", Set.of("checkout:write"),
                "GET /api/orders/{id}", Set.of("checkout:write", "order:fulfil"),
                "POST /api/orders/{id}/ship", Set.of("order:fulfil"),
                "POST /api/orders/{id}/cancel", Set.of("order:fulfil"));
    }

    @Test
    void order_of_another_tenant_is_answered_as_one_that_does_not_exist() {
        String acme = TokenIssuer.shared().token("acme", "checkout:write", "order:fulfil");
        String globex = TokenIssuer.shared().token("globex", "checkout:write", "order:fulfil");
        String order = send("POST", "/api/payments/ready", acme, CART)
                .json()
                .get("orderId")
                .stringValue();

        for (String step : new String[] {"", "/ship", "/cancel"}) {
            String method = step.isEmpty() ? "GET" : "POST";
            RawHttp.Answer foreign = send(method, "/api/orders/" + order + step, globex, "");

            assertThat(foreign.status()).isEqualTo(404);
            assertSame(foreign, order, send(method, "/api/orders/" + NOBODYS + step, globex, ""), NOBODYS);
        }
        assertThat(send("GET", "/api/orders/" + order, acme, "")
                        .json()
                        .get("status")
                        .stringValue())
                .isEqualTo("pending");
    }
}
