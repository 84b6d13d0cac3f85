package dev.wonflow.sandbox.webhook;

import dev.wonflow.sandbox.fault.Fault;
import dev.wonflow.sandbox.fault.Fault.Kind;
import dev.wonflow.sandbox.fault.Faults;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The faults that strike one message, wherever it goes. */
final class WebhookStrokes {

    private final Faults faults;
    private final DeliverWebhooks.Message message;
    private final List<String> kinds = new ArrayList<>();

    WebhookStrokes(Faults faults, DeliverWebhooks.Message message) {
        this.faults = faults;
        this.message = message;
    }

    Optional<Fault> take(Kind kind) {
        Optional<Fault> struck =
                faults.strikeWebhook(kind, message.eventName(), message.orderId(), message.paymentKey());
        struck.ifPresent(_ -> kinds.add(kind.name()));
        return struck;
    }

    boolean hit(Kind kind) {
        return take(kind).isPresent();
    }

    List<String> kinds() {
        return List.copyOf(kinds);
    }
}
