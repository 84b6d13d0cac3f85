package dev.wonflow.sandbox.payout.web;

import dev.wonflow.sandbox.payout.Payout;
import dev.wonflow.sandbox.payout.PayoutChanges;
import dev.wonflow.sandbox.payout.PayoutStatus;
import dev.wonflow.sandbox.payout.Seller;
import dev.wonflow.sandbox.webhook.DeliverWebhooks;
import dev.wonflow.sandbox.webhook.web.WebhookEnvelopes;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** Turns the step of a seller or a payout into the webhook Toss would send about it. */
@Component
class AnnouncePayouts implements PayoutChanges {

    private final DeliverWebhooks deliverWebhooks;
    private final WebhookEnvelopes envelopes;

    AnnouncePayouts(DeliverWebhooks deliverWebhooks, WebhookEnvelopes envelopes) {
        this.deliverWebhooks = deliverWebhooks;
        this.envelopes = envelopes;
    }

    @Override
    public void moved(Seller seller) {
        deliver("seller.changed", "seller", PayoutJson.view(seller));
    }

    /** Only the end of a payout is told of. */
    @Override
    public void moved(Payout payout) {
        if (payout.status() == PayoutStatus.COMPLETED || payout.status() == PayoutStatus.FAILED) {
            deliver("payout.changed", "payout", PayoutJson.view(payout, Locale.KOREAN));
        }
    }

    private void deliver(String eventType, String entityType, Object entity) {
        var _ = deliverWebhooks.deliver(eventType, null, null, envelopes.v2(eventType, entityType, entity), true);
    }
}
