package dev.wonflow.sandbox.webhook;

import dev.wonflow.runtime.IdSource;
import dev.wonflow.sandbox.clock.SandboxClock;
import dev.wonflow.sandbox.payment.Acceptance;
import dev.wonflow.sandbox.payment.Instrument;
import dev.wonflow.sandbox.payment.Payment;
import dev.wonflow.sandbox.payment.PaymentChanges;
import dev.wonflow.sandbox.payment.json.PaymentJson;
import java.math.BigInteger;
import java.net.URI;
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
    private final WebhookSettings settings;
    private final IdSource ids;
    private final Clock clock;

    AnnouncePayments(
            DeliverWebhooks deliverWebhooks,
            PaymentJson paymentJson,
            WebhookSettings settings,
            IdSource ids,
            Clock clock) {
        this.deliverWebhooks = deliverWebhooks;
        this.paymentJson = paymentJson;
        this.settings = settings;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public void changed(Payment payment) {
        if (settings.webhookUrls().isEmpty() || !payment.status().isAnnounced()) {
            return;
        }
        Instant now = clock.instant();
        String createdAt = CREATED_AT.format(now.truncatedTo(ChronoUnit.MICROS));
        Acceptance acceptance = payment.acceptance();
        if (acceptance != null && acceptance.instrument() instanceof Instrument.VirtualAccount) {
            send(payment, null, depositCallback(payment, acceptance, createdAt), now);
        }
        send(payment, "PAYMENT_STATUS_CHANGED", paymentStatusChanged(payment, createdAt), now);
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

    private void send(Payment payment, @Nullable String eventType, byte[] body, Instant now) {
        for (URI url : settings.webhookUrls()) {
            deliverWebhooks.deliver(
                    Webhook.planned(
                            transmissionId(), eventType, payment.orderId(), payment.paymentKey(), url, body, now),
                    now);
        }
    }

    private String transmissionId() {
        BigInteger number = new BigInteger(ids.next().toString().replace("-", ""), 16);
        return "whtrans_" + "%26s".formatted(number.toString(32)).replace(' ', '0');
    }
}
