package dev.wonflow.sandbox.webhook;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Tells its listeners what is sent, as it is sent. Nothing is kept for those who come later. */
@Component
public class WebhookFeed {

    /** More than there are terminals and pages open. */
    private static final int MOST_LISTENERS = 32;

    private final List<Listener> listeners = new CopyOnWriteArrayList<>();

    /** Who is told; called on the thread that sends, so it must not wait. */
    public interface Listener {
        void hears(Event event);
    }

    /** What there is to hear. */
    public sealed interface Event {

        /**
         * An attempt begins, or would begin if anybody had registered.
         *
         * @param url null if nobody registered
         * @param retriedCount 0 for the first attempt
         */
        record Sent(
                Instant at,
                String transmissionId,
                @Nullable String eventType,
                @Nullable String orderId,
                @Nullable String paymentKey,
                @Nullable URI url,
                int retriedCount,
                Map<String, String> headers,
                String body)
                implements Event {}

        /**
         * An attempt ended.
         *
         * @param nextAttemptAt null when none is planned
         */
        record Ended(
                Instant at,
                String transmissionId,
                @Nullable String orderId,
                URI url,
                Webhook.Outcome outcome,
                @Nullable Integer httpStatus,
                Webhook.Status status,
                @Nullable Instant nextAttemptAt)
                implements Event {}
    }

    /** Adds a listener; false if there are too many. */
    public synchronized boolean join(Listener listener) {
        return listeners.size() < MOST_LISTENERS && listeners.add(listener);
    }

    public synchronized void leave(Listener listener) {
        listeners.remove(listener);
    }

    void tell(Event event) {
        listeners.forEach(listener -> listener.hears(event));
    }
}
