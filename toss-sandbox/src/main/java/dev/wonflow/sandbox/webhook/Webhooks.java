package dev.wonflow.sandbox.webhook;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The delivery log: the latest webhooks, oldest first. */
@Component
public class Webhooks {

    private final LinkedHashMap<String, Webhook> latest = new LinkedHashMap<>();
    private final int capacity;

    Webhooks(WebhookSettings settings) {
        this.capacity = settings.webhookCapacity();
    }

    synchronized void add(Webhook webhook) {
        if (latest.size() >= capacity) {
            latest.pollFirstEntry();
        }
        latest.put(webhook.transmissionId(), webhook);
    }

    synchronized Optional<Webhook> find(String transmissionId) {
        return Optional.ofNullable(latest.get(transmissionId));
    }

    /** Takes one step of one webhook; empty if it has been forgotten. */
    synchronized Optional<Webhook> change(String transmissionId, UnaryOperator<Webhook> step) {
        return Optional.ofNullable(latest.computeIfPresent(transmissionId, (_, webhook) -> step.apply(webhook)));
    }

    /** The webhooks about one order, or all of them. */
    public synchronized List<Webhook> about(@Nullable String orderId) {
        return latest.values().stream()
                .filter(webhook -> orderId == null || orderId.equals(webhook.orderId()))
                .toList();
    }
}
