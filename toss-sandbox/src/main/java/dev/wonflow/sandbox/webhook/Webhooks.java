package dev.wonflow.sandbox.webhook;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The delivery log: the latest webhooks, oldest first. */
@Component
public class Webhooks {

    /** Room for twice as many ordinary webhooks as are kept; bodies made by hand can be ten times as long. */
    private static final long MOST_CHARACTERS = 32L * 1024 * 1024;

    private final LinkedHashMap<String, Webhook> latest = new LinkedHashMap<>();
    private final int capacity;

    /** Which of them may wait to be overtaken; those that no longer do are dropped on the next look. */
    private final Set<String> heldBack = new LinkedHashSet<>();

    /** Length of all bodies. */
    private long characters;

    private long runs;
    /** Runs before it belong to books that were replaced: nothing they lead to is written down. */
    private long firstRun;

    Webhooks(WebhookSettings settings) {
        this.capacity = settings.webhookCapacity();
    }

    /** Most webhooks it keeps. */
    int capacity() {
        return capacity;
    }

    /** Names a start of delivery; never twice the same while the sandbox runs, whatever books are put back. */
    synchronized long nextRun() {
        return ++runs;
    }

    synchronized void add(Webhook webhook) {
        characters += webhook.body().length();
        while (latest.size() >= capacity || (characters > MOST_CHARACTERS && !latest.isEmpty())) {
            characters -= latest.pollFirstEntry().getValue().body().length();
        }
        latest.put(webhook.transmissionId(), webhook);
        if (webhook.heldBack()) {
            heldBack.add(webhook.transmissionId());
        }
    }

    synchronized Optional<Webhook> find(String transmissionId) {
        return Optional.ofNullable(latest.get(transmissionId));
    }

    /** Takes one step of one webhook; empty if it has been forgotten. */
    synchronized Optional<Webhook> change(String transmissionId, UnaryOperator<Webhook> step) {
        return Optional.ofNullable(latest.computeIfPresent(transmissionId, (_, webhook) -> step.apply(webhook)));
    }

    /** Takes one step on behalf of a run; empty if the webhook, or the books the run belongs to, are gone. */
    synchronized Optional<Webhook> change(String transmissionId, long run, UnaryOperator<Webhook> step) {
        return run < firstRun ? Optional.empty() : change(transmissionId, step);
    }

    /** What waits for a webhook like this one to overtake it: about the same order, to the same address. */
    synchronized List<Webhook> heldBackBehind(Webhook sent) {
        heldBack.removeIf(id -> find(id).filter(Webhook::heldBack).isEmpty());
        return heldBack.stream()
                .flatMap(id -> find(id).stream())
                .filter(webhook -> webhook.orderId() != null
                        && webhook.orderId().equals(sent.orderId())
                        && Objects.equals(webhook.url(), sent.url()))
                .toList();
    }

    /** The webhooks about one order, or all of them. */
    public List<Webhook> about(@Nullable String orderId) {
        return all(webhook -> orderId == null || orderId.equals(webhook.orderId()));
    }

    public synchronized List<Webhook> all(Predicate<Webhook> wanted) {
        return latest.values().stream().filter(wanted).toList();
    }

    /** Replaces the log; every webhook gets a new run, so that whatever is under way for the old ones is void. */
    synchronized List<Webhook> replace(List<Webhook> webhooks) {
        latest.clear();
        characters = 0;
        heldBack.clear();
        firstRun = runs + 1;
        List<Webhook> continued = new ArrayList<>();
        for (Webhook webhook : webhooks) {
            Webhook again = webhook.continued(nextRun());
            add(again);
            continued.add(again);
        }
        return continued;
    }
}
