package dev.wonflow.sandbox.webhook.web;

import dev.wonflow.sandbox.webhook.Endpoint;
import dev.wonflow.sandbox.webhook.Endpoints;
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

/** Registers and takes away the addresses webhooks are sent to; at Toss a page of the developer center does. */
@RestController
@RequestMapping("/control/webhook-urls")
class EndpointController {

    private final Endpoints endpoints;

    EndpointController(Endpoints endpoints) {
        this.endpoints = endpoints;
    }

    record Register(@Nullable String url, @Nullable List<String> eventTypes) {}

    @GetMapping
    List<Endpoint> all() {
        return endpoints.all();
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Endpoint register(@RequestBody Register request) {
        List<String> eventTypes = request.eventTypes();
        try {
            return endpoints.add(String.valueOf(request.url()), eventTypes == null ? List.of() : eventTypes);
        } catch (IllegalArgumentException e) {
            throw new ResponseStatusException(HttpStatus.BAD_REQUEST, e.getMessage(), e);
        } catch (IllegalStateException e) {
            throw new ResponseStatusException(HttpStatus.CONFLICT, e.getMessage(), e);
        }
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(@PathVariable String id) {
        if (!endpoints.remove(id)) {
            throw new ResponseStatusException(
                    HttpStatus.NOT_FOUND, "webhook url: " + id + " (expected: an id of GET /control/webhook-urls)");
        }
    }
}
