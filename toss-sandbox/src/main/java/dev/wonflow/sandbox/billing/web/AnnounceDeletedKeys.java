package dev.wonflow.sandbox.billing.web;

import dev.wonflow.sandbox.billing.BillingChanges;
import dev.wonflow.sandbox.billing.BillingKey;
import dev.wonflow.sandbox.webhook.DeliverWebhooks;
import dev.wonflow.sandbox.webhook.Webhook;
import dev.wonflow.sandbox.webhook.web.WebhookEnvelopes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Tells of deleted billing keys. Issuing one and charging it are silent. Documented. */
@Component
class AnnounceDeletedKeys implements BillingChanges {

    private static final String EVENT_TYPE = "BILLING_DELETED";

    private final DeliverWebhooks deliverWebhooks;
    private final WebhookEnvelopes envelopes;

    AnnounceDeletedKeys(DeliverWebhooks deliverWebhooks, WebhookEnvelopes envelopes) {
        this.deliverWebhooks = deliverWebhooks;
        this.envelopes = envelopes;
    }

    @Override
    public void deleted(BillingKey key, @Nullable String reason) {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("billingKey", key.billingKey());
        data.put("reason", reason);
        List<Webhook> _ = deliverWebhooks.deliver(EVENT_TYPE, null, null, envelopes.classic(EVENT_TYPE, data), false);
    }
}
