package dev.wonflow.sandbox.sdk.web;

import dev.wonflow.sandbox.sdk.ProviderHealth;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Puts card companies and easy-pay providers out of order, and back into it. */
@RestController
@RequestMapping("/control/unhealthy-providers")
class ProviderHealthController {

    private final ProviderHealth health;

    ProviderHealthController(ProviderHealth health) {
        this.health = health;
    }

    record Provider(@Nullable String name) {}

    @GetMapping
    List<Provider> unhealthy() {
        return health.unhealthy().stream().map(Provider::new).toList();
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Provider fails(@RequestBody Provider provider) {
        String name = provider.name();
        if (name == null || !ProviderHealth.names().contains(name)) {
            throw new ResponseStatusException(
                    HttpStatus.BAD_REQUEST, "name: " + name + " (expected: one of " + ProviderHealth.names() + ")");
        }
        health.fails(name);
        return provider;
    }

    @DeleteMapping("/{name}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void recovers(@PathVariable String name) {
        if (!health.recovers(name)) {
            throw new ResponseStatusException(
                    HttpStatus.NOT_FOUND, "name: " + name + " (expected: one of " + health.unhealthy() + ")");
        }
    }
}
