package dev.wonflow.sandbox.webhook.web;

import dev.wonflow.sandbox.cancel.CancelFinished;
import dev.wonflow.sandbox.payment.Cancel;
import dev.wonflow.sandbox.payment.Payment;
import dev.wonflow.sandbox.payment.web.PaymentJson;
import dev.wonflow.sandbox.webhook.DeliverWebhooks;
import dev.wonflow.sandbox.webhook.Webhook;
import java.util.List;
import org.springframework.stereotype.Component;

/** Tells the merchant that a cancel that took its time is done, or came to nothing. */
@Component
class AnnounceCancels implements CancelFinished {

    private static final String EVENT_TYPE = "CANCEL_STATUS_CHANGED";

    private final DeliverWebhooks deliverWebhooks;
    private final WebhookEnvelopes envelopes;
    private final PaymentJson paymentJson;

    AnnounceCancels(DeliverWebhooks deliverWebhooks, WebhookEnvelopes envelopes, PaymentJson paymentJson) {
        this.deliverWebhooks = deliverWebhooks;
        this.envelopes = envelopes;
        this.paymentJson = paymentJson;
    }

    @Override
    public void finished(Payment payment, Cancel cancel) {
        String body = envelopes.classic(EVENT_TYPE, paymentJson.cancelView(payment, cancel));
        List<Webhook> _ = deliverWebhooks.deliver(EVENT_TYPE, payment.orderId(), payment.paymentKey(), body, false);
    }
}
