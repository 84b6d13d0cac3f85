package dev.wonflow.payment.billing.web;

import dev.wonflow.payment.billing.BillingMethod;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A billing method as its tenant sees it: enough to tell cards apart, and nothing that charges. */
record BillingMethodView(
        UUID billingMethodId,
        String status,
        String method,
        @Nullable String issuer,
        @Nullable String number,
        @Nullable String cardType,
        boolean livemode,
        Instant registeredAt) {

    static BillingMethodView of(BillingMethod method) {
        return new BillingMethodView(
                method.id().value(),
                method.status().text(),
                method.face().method(),
                method.face().issuer(),
                method.face().number(),
                method.face().kind(),
                method.livemode(),
                method.registeredAt());
    }
}
