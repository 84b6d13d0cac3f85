package dev.wonflow.payment.payment.messaging;

import dev.wonflow.inbox.Inbox;
import dev.wonflow.inbox.MessageHeaders;
import dev.wonflow.inbox.MessageTooEarly;
import dev.wonflow.inbox.SkippedMessages;
import dev.wonflow.inbox.UnreadableMessage;
import dev.wonflow.money.Money;
import dev.wonflow.payment.OrderId;
import dev.wonflow.payment.payment.CancelPayment;
import dev.wonflow.payment.payment.Purchase;
import dev.wonflow.payment.payment.RequestPayment;
import dev.wonflow.payment.plan.CatalogueNotRead;
import dev.wonflow.runtime.TenantId;
import dev.wonflow.web.json.Complaint;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Turns what happens to orders into steps of their payments. */
@Component
class OrderMessages {

    /** Also the consumer group; a change makes every old message new. */
    static final String CONSUMER = "payment-service.order-events";

    /** Payments whose rows one transaction may hold, while buyers and webhooks wait for them. */
    private static final int AT_ONCE = 50;

    private final Inbox inbox;
    private final SkippedMessages skipped;
    private final RequestPayment requestPayment;
    private final CancelPayment cancelPayment;
    private final JsonMapper json;

    OrderMessages(
            Inbox inbox,
            SkippedMessages skipped,
            RequestPayment requestPayment,
            CancelPayment cancelPayment,
            JsonMapper json) {
        this.inbox = inbox;
        this.skipped = skipped;
        this.requestPayment = requestPayment;
        this.cancelPayment = cancelPayment;
        this.json = json;
    }

    /** What comes in one poll in one transaction, unless a comparison has to ask the broker. */
    @KafkaListener(
            id = CONSUMER,
            topics = "order.events",
            containerPostProcessor = Inbox.BATCHED,
            properties = ConsumerConfig.MAX_POLL_RECORDS_CONFIG + "=" + AT_ONCE)
    void on(ConsumerRecord<byte[], byte[]> message) {
        switch (MessageHeaders.type(message)) {
            case "order.placed.v1" ->
                placed(message, read(message, Placed.class).purchase());
            case "order.cancelled.v1" ->
                cancelled(message, read(message, Cancelled.class).closing());
            // Have no effect, so an older message that has one may still come.
            case "order.confirmed.v1", "order.on-hold.v1", "order.shipped.v1" -> skipped.skipped(message, "not-ours");
            default -> skipped.unknownType(message);
        }
    }

    /** An order that was placed, but told so after its end, must not open a payment. */
    private void placed(ConsumerRecord<byte[], byte[]> message, Purchase purchase) {
        RequestPayment.Compared compared = requestPayment
                .compareWithRead(purchase)
                .orElseGet(() -> {
                    inbox.requireAlone();
                    return requestPayment.compare(purchase);
                });
        try {
            inbox.onceIfNewer(
                    CONSUMER, message, purchase.orderId().value(), () -> requestPayment.requestForOrder(compared));
        } catch (CatalogueNotRead e) {
            throw new MessageTooEarly(String.valueOf(e.getMessage()), e);
        }
    }

    private void cancelled(ConsumerRecord<byte[], byte[]> message, Closing closing) {
        inbox.onceIfNewer(
                CONSUMER,
                message,
                closing.order().value(),
                () -> cancelPayment.orderCancelled(closing.order(), closing.tenant()));
    }

    private <T> T read(ConsumerRecord<byte[], byte[]> message, Class<T> contract) {
        byte[] body = message.value();
        if (body == null) {
            throw new UnreadableMessage("body: missing (expected: JSON)");
        }
        try {
            T read = json.readValue(body, contract);
            if (read == null) {
                throw new UnreadableMessage("body: null (expected: a JSON object)");
            }
            return read;
        } catch (JacksonException e) {
            throw new UnreadableMessage(Complaint.about(e), e);
        }
    }

    /** What a payment needs of an order. */
    record Placed(
            @Nullable String orderId,
            @Nullable String tenantId,
            @Nullable String orderName,
            @Nullable Long amount,
            @Nullable String currency,
            @Nullable String plan) {

        Purchase purchase() {
            if (orderId == null || tenantId == null || orderName == null || amount == null) {
                throw new UnreadableMessage("order: incomplete (expected: orderId, tenantId, orderName and amount)");
            }
            if (!Money.CURRENCY.equals(currency)) {
                throw new UnreadableMessage("currency: another one (expected: " + Money.CURRENCY + ")");
            }
            try {
                return new Purchase(
                        new OrderId(orderId), new TenantId(tenantId), orderName, Money.ofWon(amount), plan, null);
            } catch (IllegalArgumentException e) {
                throw new UnreadableMessage(String.valueOf(e.getMessage()), e);
            }
        }
    }

    /** An order that was called off. */
    record Closing(OrderId order, @Nullable TenantId tenant) {}

    /** Whose the order is decides nothing about its payment, so that a message which does not say counts as well. */
    record Cancelled(@Nullable String orderId, @Nullable String tenantId) {

        Closing closing() {
            if (orderId == null) {
                throw new UnreadableMessage("orderId: missing (expected: the order that was cancelled)");
            }
            try {
                return new Closing(new OrderId(orderId), tenantId == null ? null : new TenantId(tenantId));
            } catch (IllegalArgumentException e) {
                throw new UnreadableMessage(String.valueOf(e.getMessage()), e);
            }
        }
    }
}
