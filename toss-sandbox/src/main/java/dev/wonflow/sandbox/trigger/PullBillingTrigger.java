package dev.wonflow.sandbox.trigger;

import dev.wonflow.sandbox.billing.CardDetails;
import dev.wonflow.sandbox.billing.ChargeBillingKey;
import dev.wonflow.sandbox.billing.DeleteBillingKey;
import dev.wonflow.sandbox.billing.IssueBillingKey;
import dev.wonflow.sandbox.order.Buyer;
import dev.wonflow.sandbox.payment.AcceptPayment;
import dev.wonflow.sandbox.payment.Payment;
import dev.wonflow.sandbox.session.PaymentType;
import dev.wonflow.sandbox.session.Terms;
import java.time.Clock;
import org.springframework.stereotype.Component;

/** Makes things happen to billing keys; a key is issued where none is named. */
@Component
class PullBillingTrigger {

    private final IssueBillingKey issueBillingKey;
    private final ChargeBillingKey chargeBillingKey;
    private final DeleteBillingKey deleteBillingKey;
    private final Clock clock;

    PullBillingTrigger(
            IssueBillingKey issueBillingKey,
            ChargeBillingKey chargeBillingKey,
            DeleteBillingKey deleteBillingKey,
            Clock clock) {
        this.issueBillingKey = issueBillingKey;
        this.chargeBillingKey = chargeBillingKey;
        this.deleteBillingKey = deleteBillingKey;
        this.clock = clock;
    }

    Outcome issued(Steps steps, Wish wish) {
        String key = billingKey(steps, wish);
        return steps.end("Billing key " + key + " of customer " + wish.customerKey() + " is issued.", key);
    }

    Payment charged(Steps steps, Wish wish, String orderId) {
        String key = billingKey(steps, wish);
        return steps.take(
                "the shop charges",
                () -> chargeBillingKey.charge(
                        wish.keys(),
                        key,
                        wish.customerKey(),
                        new AcceptPayment.Request(
                                PaymentType.BILLING,
                                orderId,
                                PullTrigger.ORDER_NAME,
                                wish.amountMinor(),
                                0,
                                0,
                                Buyer.UNKNOWN,
                                Terms.USUAL,
                                null,
                                wish.base() + "/window/"),
                        0),
                payment -> payment.status().name());
    }

    Outcome deleted(Steps steps, Wish wish) {
        String key = billingKey(steps, wish);
        boolean _ = steps.take(
                "the shop deletes the key",
                () -> deleteBillingKey.delete(wish.keys().merchant(), key),
                wasThere -> wasThere ? "deleted" : "deleted before");
        return steps.end("Billing key " + key + " is deleted.", key);
    }

    private String billingKey(Steps steps, Wish wish) {
        String named = wish.billingKey();
        return named == null
                ? steps.take(
                                "the shop registers a card",
                                () -> issueBillingKey.byCard(
                                        wish.keys(), wish.customerKey(), CardDetails.ofTheBuyer(clock.instant())),
                                _ -> "issued")
                        .billingKey()
                : named;
    }
}
