package dev.wonflow.subscription;

import dev.wonflow.testsupport.access.AttackOnEveryRoute;
import dev.wonflow.testsupport.server.RealServers;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.test.context.SpringBootTest;

/** No route here takes an id: whose subscription is shown, the token alone decides. */
@RealServers
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class AccessIT extends AttackOnEveryRoute {

    @Override
    protected Map<String, Set<String>> routes() {
        return Map.of(
                "GET /api/plans", Set.of("tenant:billing:read"),
                "GET /api/subscriptions/current", Set.of("tenant:billing:read"));
    }
}
