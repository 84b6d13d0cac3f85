package dev.wonflow.order.order.messaging;

import dev.wonflow.inbox.Inbox;
import dev.wonflow.inbox.MessageHeaders;
import dev.wonflow.inbox.SkippedMessages;
import dev.wonflow.order.order.ApplyPayment;
import dev.wonflow.order.payment.PaymentFact;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Turns payment events into steps of orders. */
@Component
class PaymentMessages {

    /** Also the consumer group. Changing it makes every old event look new. */
    static final String CONSUMER = "order-service.payments";

    static final String TOPIC = "payment.events";

    private final Inbox inbox;
    private final ApplyPayment applyPayment;
    private final SkippedMessages skipped;
    private final TransactionOperations transaction;

    PaymentMessages(
            Inbox inbox, ApplyPayment applyPayment, SkippedMessages skipped, TransactionOperations transaction) {
        this.inbox = inbox;
        this.applyPayment = applyPayment;
        this.skipped = skipped;
        this.transaction = transaction;
    }

    @KafkaListener(id = CONSUMER, topics = TOPIC)
    void on(ConsumerRecord<byte[], byte[]> message) {
        String id = MessageHeaders.id(message);
        Optional<PaymentFact> fact = PaymentEvent.read(MessageHeaders.type(message), message.value());
        if (fact.isEmpty()) {
            // New types appear on the topic before we know them.
            skipped.unknownType(message);
            return;
        }
        long sequence = MessageHeaders.sequence(message);
        ApplyPayment.Result result = transaction.execute(_ ->
                inbox.claim(CONSUMER, id) ? applyPayment.apply(fact.get(), sequence) : ApplyPayment.Result.APPLIED);
        switch (result) {
            case APPLIED -> {}
            case NOT_OURS -> skipped.skipped(message, "not-ours");
            case STALE -> skipped.skipped(message, "stale");
        }
    }
}
