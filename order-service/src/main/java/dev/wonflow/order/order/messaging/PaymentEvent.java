package dev.wonflow.order.order.messaging;

import dev.wonflow.inbox.UnreadableMessage;
import dev.wonflow.money.Money;
import dev.wonflow.order.OrderId;
import dev.wonflow.order.cart.CartForm;
import dev.wonflow.order.cart.InvalidField;
import dev.wonflow.order.cart.Text;
import dev.wonflow.order.payment.Payment;
import dev.wonflow.order.payment.PaymentFact;
import dev.wonflow.web.json.Complaint;
import dev.wonflow.web.json.StrictJson;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The body of a payment event: only what an order needs; the contract has more fields, and not every event has all of
 * these. What not all of them have is looked at only where it is needed: another event may come to mean something else
 * by the name.
 */
record PaymentEvent(
        @Nullable String paymentId,
        @Nullable String orderId,
        @Nullable String tenantId,
        @Nullable Long amount,
        @Nullable String currency,
        @Nullable Boolean livemode,
        @Nullable JsonNode dueAt,
        @Nullable JsonNode approvedAt,
        @Nullable JsonNode reversedAt,
        @Nullable JsonNode failureCode,
        @Nullable JsonNode failureMessage,
        @Nullable JsonNode failedAt,
        @Nullable JsonNode reason,
        @Nullable JsonNode canceledAt,
        @Nullable JsonNode refundedAt) {

    private static final JsonMapper JSON = StrictJson.mapper();

    private static final int MAX_ID_LENGTH = 64;
    private static final int MAX_CODE_LENGTH = 1_000;

    /** Messages of Toss may be longer; their tail is cut off. */
    private static final int MAX_FOREIGN_TEXT = 10_000;

    private static final String ANY_WON = "whole won, 0 or more";

    /**
     * Reads the body of an event.
     *
     * @return empty if we do not know the type
     * @throws UnreadableMessage if the body does not keep the contract
     */
    static Optional<PaymentFact> read(String type, byte @Nullable [] body) {
        return reader(type).map(reader -> {
            try {
                PaymentEvent event = body == null ? null : JSON.readValue(body, PaymentEvent.class);
                if (event == null) {
                    throw new UnreadableMessage("body: empty (expected: a JSON object)");
                }
                return reader.fact(event.payment(), event);
            } catch (JacksonException e) {
                throw new UnreadableMessage(Complaint.about(e), e);
            } catch (InvalidField e) {
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
                        (payment, event) -> new PaymentFact.WaitingForDeposit(
                                payment,
                                event.dueAt == null || event.dueAt.isNull() ? null : instant("dueAt", event.dueAt));
                    case "payment.paid.v1" ->
                        (payment, event) -> new PaymentFact.Paid(payment, instant("approvedAt", event.approvedAt));
                    case "payment.reversed.v1" ->
                        (payment, event) -> new PaymentFact.Reversed(payment, instant("reversedAt", event.reversedAt));
                    case "payment.failed.v1" ->
                        (payment, event) -> new PaymentFact.Failed(
                                payment,
                                required("failureCode", event.failureCode, MAX_CODE_LENGTH),
                                foreign(text("failureMessage", event.failureMessage)),
                                instant("failedAt", event.failedAt));
                    case "payment.canceled.v1" ->
                        (payment, event) -> new PaymentFact.Canceled(
                                payment,
                                cause(required("reason", event.reason, MAX_CODE_LENGTH)),
                                instant("canceledAt", event.canceledAt));
                    case "payment.refunded.v1" ->
                        (payment, event) -> new PaymentFact.Refunded(payment, instant("refundedAt", event.refundedAt));
                    case "payment.partially-refunded.v1" -> (payment, _) -> new PaymentFact.PartiallyRefunded(payment);
                    default -> null;
                });
    }

    private interface Reader {
        PaymentFact fact(Payment payment, PaymentEvent event);
    }

    private static @Nullable String text(String field, @Nullable JsonNode given) {
        if (given == null || given.isNull()) {
            return null;
        }
        if (!given.isString()) {
            throw new UnreadableMessage(field + ": of another kind (expected: text)");
        }
        return given.stringValue();
    }

    private static String required(String field, @Nullable JsonNode given, int maxLength) {
        return Text.require(field, text(field, given), maxLength);
    }

    /** Anything else that stopped the payment did so for the buyer; new reasons appear without notice. */
    private static PaymentFact.Canceled.Cause cause(String reason) {
        return reason.equals("NOT_ON_SALE")
                ? PaymentFact.Canceled.Cause.NOT_ON_SALE
                : PaymentFact.Canceled.Cause.BUYER_CANCELED;
    }

    private Payment payment() {
        String order = Text.require("orderId", orderId, MAX_ID_LENGTH);
        if (!OrderId.isOne(order)) {
            throw new InvalidField("orderId", order, "6 to 64 of A-Z a-z 0-9 _ = -");
        }
        if (amount == null || amount < 0) {
            throw new InvalidField("amount", amount == null ? "missing" : amount, ANY_WON);
        }
        CartForm.requireWon(currency);
        if (livemode == null) {
            throw new InvalidField("livemode", "missing", "true or false");
        }
        return new Payment(
                uuid("paymentId", paymentId),
                new OrderId(order),
                Text.requireTenant("tenantId", tenantId),
                Money.ofWon(amount),
                livemode);
    }

    private static UUID uuid(String field, @Nullable String given) {
        String text = Text.require(field, given, 36);
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new InvalidField(field, text, "UUID");
        }
    }

    private static Instant instant(String field, @Nullable JsonNode given) {
        String text = required(field, given, 40);
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new InvalidField(field, text, "moment such as 2026-01-05T03:00:00Z");
        }
    }

    /** A text for people may be of any length, and blank counts as none. */
    private static @Nullable String foreign(@Nullable String text) {
        if (text == null) {
            return null;
        }
        String shown = Text.cut(text, MAX_FOREIGN_TEXT).replaceAll("[\\p{Cntrl}\\p{Cs}]", " ");
        return shown.isBlank() ? null : shown;
    }
}
