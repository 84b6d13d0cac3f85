package dev.wonflow.sandbox.webhook.web;

import dev.wonflow.sandbox.clock.SandboxClock;
import dev.wonflow.sandbox.payment.Acceptance;
import dev.wonflow.sandbox.payment.Instrument;
import dev.wonflow.sandbox.payment.Payment;
import dev.wonflow.sandbox.payment.PaymentChanges;
import dev.wonflow.sandbox.payment.web.PaymentJson;
import dev.wonflow.sandbox.webhook.DeliverWebhooks;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Turns a change of a payment into the webhooks Toss would send about it. */
@Component
class AnnouncePayments implements PaymentChanges {

    /** Without an offset, and with no more digits than needed: that is how classic events were seen. */
    private static final DateTimeFormatter CREATED_AT =
            DateTimeFormatter.ISO_LOCAL_DATE_TIME.withZone(SandboxClock.SEOUL);

    private final DeliverWebhooks deliverWebhooks;
    private final PaymentJson paymentJson;
    private final Clock clock;

    AnnouncePayments(DeliverWebhooks deliverWebhooks, PaymentJson paymentJson, Clock clock) {
        this.deliverWebhooks = deliverWebhooks;
        this.paymentJson = paymentJson;
        this.clock = clock;
    }

    @Override
    public void changed(Payment payment) {
        if (!deliverWebhooks.hasReceivers() || !payment.status().isAnnounced()) {
            return;
        }
        String createdAt = createdAt(clock.instant());
        Acceptance acceptance = payment.acceptance();
        if (acceptance != null && acceptance.instrument() instanceof Instrument.VirtualAccount) {
            deliverWebhooks.deliver(null, payment, depositCallback(payment, acceptance, createdAt));
        }
        deliverWebhooks.deliver("PAYMENT_STATUS_CHANGED", payment, paymentStatusChanged(payment, createdAt));
    }

    static String createdAt(Instant now) {
        return CREATED_AT.format(now.truncatedTo(ChronoUnit.MICROS));
    }

    private byte[] paymentStatusChanged(Payment payment, String createdAt) {
        Map<String, Object> envelope = new LinkedHashMap<>();
        envelope.put("eventType", "PAYMENT_STATUS_CHANGED");
        envelope.put("createdAt", createdAt);
        envelope.put("data", paymentJson.view(payment));
        return paymentJson.writeEnvelope(envelope);
    }

    /** The flat one: neither an event type nor a payment key. */
    private byte[] depositCallback(Payment payment, Acceptance acceptance, String createdAt) {
        Map<String, @Nullable Object> flat = new LinkedHashMap<>();
        flat.put("createdAt", createdAt);
        flat.put("secret", acceptance.secret());
        flat.put("status", payment.status().name());
        flat.put("transactionKey", acceptance.transactionKey());
        flat.put("orderId", payment.orderId());
        return paymentJson.writeEnvelope(flat);
    }
}
