package dev.wonflow.order.checkout.messaging;

import dev.wonflow.inbox.Inbox;
import dev.wonflow.inbox.SkippedMessages;
import dev.wonflow.order.checkout.CheckoutRequest;
import dev.wonflow.order.order.PlaceOrder;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Places an order for each checkout request, once; what comes in one poll in one transaction. */
@Component
class CheckoutMessages {

    /** Also the consumer group. Changing it makes every old request look new. */
    static final String CONSUMER = "order-service.checkout";

    static final String TOPIC = "checkout.requests";

    private final Inbox inbox;
    private final PlaceOrder placeOrder;
    private final SkippedMessages skipped;

    CheckoutMessages(Inbox inbox, PlaceOrder placeOrder, SkippedMessages skipped) {
        this.inbox = inbox;
        this.placeOrder = placeOrder;
        this.skipped = skipped;
    }

    @KafkaListener(id = CONSUMER, topics = TOPIC, containerPostProcessor = Inbox.BATCHED)
    void on(ConsumerRecord<byte[], byte[]> message) {
        Optional<CheckoutRequest> request = CheckoutForms.read(message);
        if (request.isEmpty()) {
            skipped.unknownType(message);
            return;
        }
        place(message, request.get());
    }

    private void place(ConsumerRecord<byte[], byte[]> message, CheckoutRequest request) {
        inbox.once(
                CONSUMER,
                message,
                request.claimId(),
                () -> placeOrder.placeOnce(request.tenantId(), request.id(), request.cart()));
    }
}
