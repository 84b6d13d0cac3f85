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
import org.springframework.transaction.annotation.Transactional;

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

    /** The version is kept beside the price, for ever, since the topic keeps its newest records for ever as well. */
    @KafkaListener(id = CONSUMER, topics = "plan.catalogue")
    @Transactional
    public void on(ConsumerRecord<byte[], byte[]> message) {
        if (!inbox.claim(CONSUMER, MessageHeaders.id(message))) {
            return;
        }
        Optional<PlanPrice> price = CatalogueEvent.read(MessageHeaders.type(message), message.value());
        if (price.isEmpty()) {
            skipped.unknownType(message);
        } else if (!prices.take(price.get())) {
            skipped.skipped(message, "stale");
        }
    }
}
