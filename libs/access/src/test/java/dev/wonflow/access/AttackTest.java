package dev.wonflow.access;

import dev.wonflow.testsupport.access.AttackOnEveryRoute;
import dev.wonflow.testsupport.access.WithTokenIssuer;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.test.context.SpringBootTest;

@WithTokenIssuer
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        classes = Shop.class,
        properties = {
            "server.address=127.0.0.1",
            "management.server.address=127.0.0.1",
            "management.server.port=0",
            "management.endpoints.web.exposure.include=health,info,metrics,env,beans",
            "management.endpoint.health.show-details=when-authorized",
            "management.endpoint.health.show-components=when-authorized",
            "management.endpoint.health.roles=operator",
            "management.endpoint.health.probes.enabled=true",
            "management.endpoint.health.probes.add-additional-paths=true",
            "spring.web.resources.add-mappings=false"
        })
class AttackTest extends AttackOnEveryRoute {

    @Override
    protected Map<String, Set<String>> routes() {
        return Map.of(
                "GET /mugs", Set.of("mug:read"),
                "GET /mugs/{id}", Set.of("mug:read", "mug:write"),
                "GET /broken", Set.of("operator:mugs"),
                "POST /mugs", Set.of("mug:write"),
                "POST /hello", ANYBODY);
    }
}
