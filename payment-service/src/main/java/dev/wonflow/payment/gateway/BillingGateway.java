package dev.wonflow.payment.gateway;

import dev.wonflow.payment.OrderId;

/**
 * Toss Payments, as far as charging without a window needs it. Calls take up to a minute and must not be made in a
 * transaction.
 */
public interface BillingGateway {

    /** Exchanges what a buyer agreed to for a billing key. Repeating it gives the same key. */
    IssueOutcome issue(AuthKey authKey, String customerKey);

    /** Charges. Repeating it under the same key, or for the same order, takes no second time. */
    ChargeOutcome charge(ChargeCall call);

    /** Has Toss forget a billing key, for good. */
    RemovalOutcome remove(BillingKey key);

    /** What has become of an order: counted, and not granted beforehand, for its charge waits. */
    GatewayFinding find(OrderId orderId);
}
