package dev.wonflow.order.order.messaging;

import dev.wonflow.inbox.UnreadableMessage;
import dev.wonflow.money.Money;
import dev.wonflow.order.OrderId;
import dev.wonflow.order.cart.InvalidField;
import dev.wonflow.order.document.CartFields;
import dev.wonflow.order.document.Documents;
import dev.wonflow.order.document.Fields;
import dev.wonflow.order.document.MalformedDocument;
import dev.wonflow.order.payment.Payment;
import dev.wonflow.order.payment.PaymentFact;
import java.util.Optional;

/** Reads payment events: only what an order needs; the contract has more fields. */
final class PaymentEvent {

    private static final int MAX_ID_LENGTH = 64;
    private static final int MAX_TENANT_LENGTH = 100;
    private static final int MAX_CODE_LENGTH = 1_000;
    private static final String ANY_WON = "whole won, 0 or more";

    private PaymentEvent() {}

    /**
     * Reads the body of an event.
     *
     * @return empty if the type is none we know
     * @throws UnreadableMessage if the body does not keep the contract
     */
    static Optional<PaymentFact> read(String type, byte[] body, Documents documents) {
        return reader(type).map(reader -> {
            try {
                Fields fields = documents.read(body);
                return reader.read(payment(fields), fields);
            } catch (MalformedDocument | InvalidField e) {
                throw new UnreadableMessage(String.valueOf(e.getMessage()), e);
            }
        });
    }

    private static Optional<Reader> reader(String type) {
        return Optional.ofNullable(
                switch (type) {
                    case "payment.requested.v1" -> (payment, _) -> new PaymentFact.Requested(payment);
                    case "payment.outcome-unknown.v1" -> (payment, _) -> new PaymentFact.OutcomeUnknown(payment);
                    case "payment.waiting-for-deposit.v1" ->
                        (payment, body) -> new PaymentFact.WaitingForDeposit(payment, body.optionalInstant("dueAt"));
                    case "payment.paid.v1" ->
                        (payment, body) -> new PaymentFact.Paid(payment, body.instant("approvedAt"));
                    case "payment.reversed.v1" ->
                        (payment, body) -> new PaymentFact.Reversed(payment, body.instant("reversedAt"));
                    case "payment.failed.v1" ->
                        (payment, body) -> new PaymentFact.Failed(
                                payment,
                                body.text("failureCode", MAX_CODE_LENGTH),
                                body.foreignText("failureMessage"),
                                body.instant("failedAt"));
                    case "payment.canceled.v1" ->
                        (payment, body) -> new PaymentFact.Canceled(
                                payment, cause(body.text("reason", MAX_CODE_LENGTH)), body.instant("canceledAt"));
                    case "payment.refunded.v1" ->
                        (payment, body) -> new PaymentFact.Refunded(payment, body.instant("refundedAt"));
                    case "payment.partially-refunded.v1" -> (payment, _) -> new PaymentFact.PartiallyRefunded(payment);
                    default -> null;
                });
    }

    private interface Reader {
        PaymentFact read(Payment payment, Fields body);
    }

    /** Whoever else stopped the payment did so for the buyer; new reasons appear without notice. */
    private static PaymentFact.Canceled.Cause cause(String reason) {
        return reason.equals("NOT_ON_SALE")
                ? PaymentFact.Canceled.Cause.NOT_ON_SALE
                : PaymentFact.Canceled.Cause.BUYER_CANCELED;
    }

    private static Payment payment(Fields fields) {
        String orderId = fields.text("orderId", MAX_ID_LENGTH);
        if (!OrderId.isOne(orderId)) {
            throw new InvalidField("orderId", orderId, "6 to 64 of A-Z a-z 0-9 _ = -");
        }
        long won = fields.whole("amount", ANY_WON);
        if (won < 0) {
            throw new InvalidField("amount", won, ANY_WON);
        }
        CartFields.requireWon(fields);
        return new Payment(
                fields.uuid("paymentId"),
                new OrderId(orderId),
                fields.text("tenantId", MAX_TENANT_LENGTH),
                Money.ofWon(won),
                fields.flag("livemode"));
    }
}
