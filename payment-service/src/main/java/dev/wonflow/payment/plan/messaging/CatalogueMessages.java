package dev.wonflow.payment.plan.messaging;

import dev.wonflow.inbox.Inbox;
import dev.wonflow.inbox.MessageHeaders;
import dev.wonflow.inbox.SkippedMessages;
import dev.wonflow.payment.plan.PlanPrice;
import dev.wonflow.payment.plan.PlanPrices;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Learns what plans cost. */
@Component
class CatalogueMessages {

    /** Also the consumer group; a change makes every old message new. */
    static final String CONSUMER = "payment-service.plan-catalogue";

    private final Inbox inbox;
    private final PlanPrices prices;
    private final SkippedMessages skipped;

    CatalogueMessages(Inbox inbox, PlanPrices prices, SkippedMessages skipped) {
        this.inbox = inbox;
        this.prices = prices;
        this.skipped = skipped;
    }

    @KafkaListener(id = CONSUMER, topics = "plan.catalogue")
    void on(ConsumerRecord<byte[], byte[]> message) {
        Optional<PlanPrice> price = CatalogueEvent.read(MessageHeaders.type(message), message.value());
        if (price.isEmpty()) {
            skipped.unknownType(message);
            return;
        }
        inbox.once(CONSUMER, message, () -> take(message, price.get()));
    }

    /** The version is kept beside the price, for ever, since the topic keeps its newest records for ever as well. */
    private void take(ConsumerRecord<byte[], byte[]> message, PlanPrice price) {
        if (!prices.take(price)) {
            skipped.skipped(message, "stale");
        }
    }
}
