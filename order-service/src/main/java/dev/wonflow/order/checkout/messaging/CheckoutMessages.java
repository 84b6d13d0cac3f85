package dev.wonflow.order.checkout.messaging;

import dev.wonflow.inbox.Inbox;
import dev.wonflow.inbox.SkippedMessages;
import dev.wonflow.order.checkout.CheckoutRequest;
import dev.wonflow.order.order.PlaceOrder;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Places an order for each checkout request, once. */
@Component
class CheckoutMessages {

    /** Also the consumer group. Changing it makes every old request look new. */
    static final String CONSUMER = "order-service.checkout";

    static final String TOPIC = "checkout.requests";

    private final Inbox inbox;
    private final PlaceOrder placeOrder;
    private final SkippedMessages skipped;
    private final TransactionOperations transaction;

    CheckoutMessages(Inbox inbox, PlaceOrder placeOrder, SkippedMessages skipped, TransactionOperations transaction) {
        this.inbox = inbox;
        this.placeOrder = placeOrder;
        this.skipped = skipped;
        this.transaction = transaction;
    }

    @KafkaListener(id = CONSUMER, topics = TOPIC)
    void on(ConsumerRecord<byte[], byte[]> message) {
        Optional<CheckoutRequest> request = CheckoutForms.read(message);
        if (request.isEmpty()) {
            skipped.unknownType(message);
            return;
        }
        place(request.get());
    }

    private void place(CheckoutRequest request) {
        transaction.executeWithoutResult(_ -> {
            if (inbox.claim(CONSUMER, request.claimId())) {
                placeOrder.placeOnce(request.tenantId(), request.id(), request.cart());
            }
        });
    }
}
