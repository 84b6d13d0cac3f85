package dev.wonflow.sandbox.webhook;

import dev.wonflow.runtime.IdSource;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Where webhooks go: the addresses of the settings, and those added since. Nothing else is ever called. They belong to
 * the set-up and not to the books: no snapshot brings one back.
 */
@Component
public class Endpoints {

    /** More than one merchant registers; a script that never stops registering is told. */
    private static final int MOST = 20;

    private final List<Endpoint> endpoints = new ArrayList<>();
    private final WebhookSettings settings;
    private final IdSource ids;

    Endpoints(WebhookSettings settings, IdSource ids) {
        this.settings = settings;
        this.ids = ids;
        settings.webhookUrls().forEach(url -> register(url, List.of()));
        settings.webhooks().forEach(chosen -> register(chosen.url(), chosen.eventTypes()));
    }

    /**
     * Adds an address, or changes what an address it has already is told of.
     *
     * @throws IllegalArgumentException if it must not be called
     * @throws IllegalStateException if there are too many
     */
    public synchronized Endpoint add(String url, List<String> eventTypes) {
        return register(Endpoint.address("url", url, settings.webhookUrlsBeyondLoopback()), eventTypes);
    }

    private Endpoint register(URI url, List<String> eventTypes) {
        Endpoint endpoint = new Endpoint(ids.next().toString(), url, eventTypes);
        endpoints.removeIf(known -> known.url().equals(url));
        if (endpoints.size() >= MOST) {
            throw new IllegalStateException("webhook addresses: " + endpoints.size() + " (expected: fewer than " + MOST
                    + "; DELETE /control/webhook-urls/{id} takes one away)");
        }
        endpoints.add(endpoint);
        return endpoint;
    }

    /** Takes an address away; what was planned for it is not sent any more. */
    public synchronized boolean remove(String id) {
        return endpoints.removeIf(endpoint -> endpoint.id().equals(id));
    }

    public synchronized List<Endpoint> all() {
        return List.copyOf(endpoints);
    }

    synchronized List<URI> takersOf(String eventType) {
        return endpoints.stream()
                .filter(endpoint -> endpoint.takes(eventType))
                .map(Endpoint::url)
                .toList();
    }

    synchronized boolean has(URI url) {
        return endpoints.stream().anyMatch(endpoint -> endpoint.url().equals(url));
    }
}
