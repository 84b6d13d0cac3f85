package dev.wonflow.subscription.messaging;

import dev.wonflow.inbox.Inbox;
import dev.wonflow.inbox.MessageHeaders;
import dev.wonflow.inbox.SkippedMessages;
import dev.wonflow.inbox.UnreadableMessage;
import dev.wonflow.money.Money;
import dev.wonflow.subscription.ActivatePlan;
import dev.wonflow.subscription.Purchase;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Turns what happened to payments into what it means for plans. */
@Component
class PaymentMessages {

    /** Also the consumer group. Changing it makes every old message look new. */
    static final String CONSUMER = "subscription-service.payments";

    static final String TOPIC = "payment.events";

    /** The columns have the same limit. */
    private static final int MAX_NAME_LENGTH = 100;

    private final Inbox inbox;
    private final SkippedMessages skipped;
    private final ActivatePlan activatePlan;
    private final JsonMapper json;

    PaymentMessages(Inbox inbox, SkippedMessages skipped, ActivatePlan activatePlan, JsonMapper json) {
        this.inbox = inbox;
        this.skipped = skipped;
        this.activatePlan = activatePlan;
        this.json = json;
    }

    /** Claim, effect and outgoing message share one transaction. */
    @KafkaListener(id = CONSUMER, topics = TOPIC)
    @Transactional
    public void on(ConsumerRecord<byte[], byte[]> message) {
        if (!inbox.claim(CONSUMER, MessageHeaders.id(message))) {
            return;
        }
        switch (MessageHeaders.type(message)) {
            case "payment.paid.v1" -> paid(message);
            case "payment.refunded.v1" -> moneyWentBack(message, "refunded");
            case "payment.reversed.v1" -> moneyWentBack(message, "deposit reversed");
            // Of no concern for a plan: only money that is there, or is gone altogether, counts.
            case "payment.requested.v1",
                    "payment.outcome-unknown.v1",
                    "payment.waiting-for-deposit.v1",
                    "payment.failed.v1",
                    "payment.canceled.v1",
                    "payment.partially-refunded.v1" -> skipped.skipped(message, "not-ours");
            default -> skipped.unknownType(message);
        }
    }

    private void paid(ConsumerRecord<byte[], byte[]> message) {
        Paid paid = read(message, Paid.class);
        if (paid.plan() == null) {
            skipped.skipped(message, "no-plan");
            return;
        }
        activatePlan.paid(new Purchase(
                name("paymentId", paid.paymentId()),
                name("orderId", paid.orderId()),
                name("tenantId", paid.tenantId()),
                name("plan", paid.plan()),
                won(paid),
                paid.livemode(),
                // What the database can hold, so that a state means the same before and after it was stored.
                required("approvedAt", paid.approvedAt()).truncatedTo(ChronoUnit.MICROS)));
    }

    private void moneyWentBack(ConsumerRecord<byte[], byte[]> message, String how) {
        WentBack wentBack = read(message, WentBack.class);
        activatePlan.moneyWentBack(
                name("paymentId", wentBack.paymentId()),
                name("orderId", wentBack.orderId()),
                name("tenantId", wentBack.tenantId()),
                how);
    }

    private <T> T read(ConsumerRecord<byte[], byte[]> message, Class<T> type) {
        T value;
        try {
            value = message.value() == null ? null : json.readValue(message.value(), type);
        } catch (JacksonException e) {
            throw new UnreadableMessage("body: not a " + MessageHeaders.type(message), e);
        }
        return required("body", value);
    }

    private static Money won(Paid paid) {
        if (!Money.CURRENCY.equals(paid.currency())) {
            throw new UnreadableMessage("currency: " + paid.currency() + " (expected: " + Money.CURRENCY + ")");
        }
        if (paid.amount() < 0) {
            throw new UnreadableMessage("amount: " + paid.amount() + " (expected: 0 or more)");
        }
        return Money.ofWon(paid.amount());
    }

    private static String name(String field, @Nullable String value) {
        String name = required(field, value);
        if (name.isBlank() || name.length() > MAX_NAME_LENGTH || name.chars().anyMatch(Character::isISOControl)) {
            throw new UnreadableMessage(
                    field + ": " + name.length() + " characters (expected: 1 to " + MAX_NAME_LENGTH + ", printable)");
        }
        return name;
    }

    private static <T> T required(String field, @Nullable T value) {
        if (value == null) {
            throw new UnreadableMessage(field + ": missing");
        }
        return value;
    }

    /** Only what a plan needs; the contract has more fields. */
    record Paid(
            @Nullable String paymentId,
            @Nullable String orderId,
            @Nullable String tenantId,
            @Nullable String plan,
            long amount,
            @Nullable String currency,
            boolean livemode,
            @Nullable Instant approvedAt) {}

    record WentBack(
            @Nullable String paymentId,
            @Nullable String orderId,
            @Nullable String tenantId) {}
}
