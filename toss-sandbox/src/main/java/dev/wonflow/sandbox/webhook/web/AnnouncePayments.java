package dev.wonflow.sandbox.webhook.web;

import dev.wonflow.sandbox.assumption.Assumptions;
import dev.wonflow.sandbox.instrument.Instrument;
import dev.wonflow.sandbox.payment.Acceptance;
import dev.wonflow.sandbox.payment.Payment;
import dev.wonflow.sandbox.payment.PaymentChanges;
import dev.wonflow.sandbox.payment.web.PaymentJson;
import dev.wonflow.sandbox.session.PaymentType;
import dev.wonflow.sandbox.webhook.DeliverWebhooks;
import dev.wonflow.sandbox.webhook.Webhook;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Turns a change of a payment into the webhooks Toss would send about it. */
@Component
class AnnouncePayments implements PaymentChanges {

    private final DeliverWebhooks deliverWebhooks;
    private final WebhookEnvelopes envelopes;
    private final PaymentJson paymentJson;
    private final Assumptions assumptions;

    AnnouncePayments(
            DeliverWebhooks deliverWebhooks,
            WebhookEnvelopes envelopes,
            PaymentJson paymentJson,
            Assumptions assumptions) {
        this.deliverWebhooks = deliverWebhooks;
        this.envelopes = envelopes;
        this.paymentJson = paymentJson;
        this.assumptions = assumptions;
    }

    @Override
    public void changed(Payment payment) {
        if (!payment.status().isAnnounced() || isSilent(payment)) {
            return;
        }
        Acceptance acceptance = payment.acceptance();
        if (acceptance != null && acceptance.instrument() instanceof Instrument.VirtualAccount) {
            deliver(null, payment, envelopes.flat(depositCallback(payment, acceptance)));
        }
        String eventType = "PAYMENT_STATUS_CHANGED";
        deliver(eventType, payment, envelopes.classic(eventType, paymentJson.view(payment)));
    }

    /** The approval of a charge to a billing key is never announced. */
    private boolean isSilent(Payment payment) {
        return payment.session().type() == PaymentType.BILLING
                && (payment.cancels().isEmpty() || !assumptions.webhookOfBillingCancel());
    }

    private void deliver(@Nullable String eventType, Payment about, String body) {
        List<Webhook> _ = deliverWebhooks.deliver(eventType, about.orderId(), about.paymentKey(), body, false);
    }

    private static Map<String, @Nullable Object> depositCallback(Payment payment, Acceptance acceptance) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("secret", acceptance.secret());
        fields.put("status", payment.status().name());
        fields.put("transactionKey", payment.lastTransactionKey());
        fields.put("orderId", payment.orderId());
        return fields;
    }
}
