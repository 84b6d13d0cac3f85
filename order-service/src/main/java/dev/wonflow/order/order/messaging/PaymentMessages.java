package dev.wonflow.order.order.messaging;

import dev.wonflow.inbox.Inbox;
import dev.wonflow.inbox.MessageHeaders;
import dev.wonflow.inbox.SkippedMessages;
import dev.wonflow.order.order.ApplyPayment;
import dev.wonflow.order.payment.PaymentFact;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Turns payment events into steps of orders. */
@Component
class PaymentMessages {

    /** Also the consumer group. Changing it makes every old event look new. */
    static final String CONSUMER = "order-service.payments";

    static final String TOPIC = "payment.events";

    /** Orders whose rows one transaction may hold, while buyers and sellers wait for them. */
    private static final int AT_ONCE = 50;

    private final Inbox inbox;
    private final ApplyPayment applyPayment;
    private final SkippedMessages skipped;

    PaymentMessages(Inbox inbox, ApplyPayment applyPayment, SkippedMessages skipped) {
        this.inbox = inbox;
        this.applyPayment = applyPayment;
        this.skipped = skipped;
    }

    @KafkaListener(
            id = CONSUMER,
            topics = TOPIC,
            containerPostProcessor = Inbox.BATCHED,
            properties = ConsumerConfig.MAX_POLL_RECORDS_CONFIG + "=" + AT_ONCE)
    void on(ConsumerRecord<byte[], byte[]> message) {
        Optional<PaymentFact> fact = PaymentEvent.read(MessageHeaders.type(message), message.value());
        if (fact.isEmpty()) {
            // New types appear on the topic before we know them.
            skipped.unknownType(message);
            return;
        }
        if (fact.get() instanceof PaymentFact.Requested) {
            // There is one for each order, and it changes none; a transaction for it would be for nothing.
            skipped.skipped(message, "no-effect");
            return;
        }
        long sequence = MessageHeaders.sequence(message);
        inbox.once(CONSUMER, message, () -> apply(message, fact.get(), sequence));
    }

    /** Whether a fact is stale is asked of orders of ours only; others would leave a row for each payment. */
    private void apply(ConsumerRecord<byte[], byte[]> message, PaymentFact fact, long sequence) {
        switch (applyPayment.apply(fact, sequence)) {
            case APPLIED -> {}
            case NOT_OURS -> skipped.skipped(message, "not-ours");
            case STALE -> skipped.skipped(message, "stale");
        }
    }
}
