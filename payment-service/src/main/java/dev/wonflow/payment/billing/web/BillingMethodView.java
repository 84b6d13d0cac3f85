package dev.wonflow.payment.billing.web;

import dev.wonflow.payment.billing.BillingMethod;
import dev.wonflow.payment.billing.BillingMethodStatus;
import dev.wonflow.web.statement.Field;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A billing method as its tenant sees it: enough to tell cards apart, and nothing that charges.
 *
 * @param method Toss's word for its kind
 * @param issuer Toss's code of the card company
 * @param number of the card, most of it hidden
 * @param cardType Toss's word, such as {@code 신용}
 * @param livemode whether it is charged real money
 */
record BillingMethodView(
        UUID billingMethodId,
        @Field(words = BillingMethodStatus.class) String status,
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
