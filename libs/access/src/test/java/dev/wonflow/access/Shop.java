package dev.wonflow.access;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** A service with sign-in. */
@EnableAutoConfiguration
@Import(Shop.Mugs.class)
class Shop {

    record Mug(@Nullable String name) {}

    record Seen(String tenant, String subject, @Nullable String client) {}

    @RestController
    static class Mugs {

        @AllowedTo("mug:read")
        @GetMapping("/mugs")
        List<Mug> all() {
            return List.of(new Mug("white"));
        }

        @AllowedTo({"mug:read", "mug:write"})
        @GetMapping("/mugs/{id}")
        Seen one(Caller caller, @PathVariable String id) {
            return new Seen(caller.tenant().value(), caller.subject(), caller.client());
        }

        @AllowedTo("mug:write")
        @PostMapping("/mugs")
        Mug add(Caller caller, @RequestBody Mug mug) {
            return mug;
        }

        @AllowedTo("operator:mugs")
        @GetMapping("/broken")
        String broken(Operator operator) {
            return operator.subject();
        }

        @OpenToAll(because = "it only says hello")
        @PostMapping("/hello")
        String hello() {
            return "hello";
        }
    }
}
