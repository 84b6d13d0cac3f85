package dev.wonflow.subscription.subscription.messaging;

import dev.wonflow.inbox.Inbox;
import dev.wonflow.inbox.MessageHeaders;
import dev.wonflow.inbox.Sequences;
import dev.wonflow.inbox.SkippedMessages;
import dev.wonflow.subscription.subscription.ActivatePlan;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Turns what happened to payments into what it means for plans. */
@Component
class PaymentMessages {

    /** Also the consumer group. Changing it makes every old message look new. */
    static final String CONSUMER = "subscription-service.payments";

    static final String TOPIC = "payment.events";

    private final Inbox inbox;
    private final Sequences sequences;
    private final SkippedMessages skipped;
    private final ActivatePlan activatePlan;
    private final TransactionOperations transaction;

    PaymentMessages(
            Inbox inbox,
            Sequences sequences,
            SkippedMessages skipped,
            ActivatePlan activatePlan,
            TransactionOperations transaction) {
        this.inbox = inbox;
        this.sequences = sequences;
        this.skipped = skipped;
        this.activatePlan = activatePlan;
        this.transaction = transaction;
    }

    @KafkaListener(id = CONSUMER, topics = TOPIC)
    void on(ConsumerRecord<byte[], byte[]> message) {
        String id = MessageHeaders.id(message);
        Optional<PaymentFact> fact = PaymentFact.read(MessageHeaders.type(message), message.value());
        if (fact.isEmpty()) {
            // New types appear on the topic before we know them.
            skipped.unknownType(message);
            return;
        }
        switch (fact.get()) {
            case PaymentFact.PlanPaid(var purchase) ->
                once(message, id, purchase.paymentId(), () -> activatePlan.paid(purchase));
            case PaymentFact.MoneyWentBack(var paymentId, var orderId, var tenantId, var how) ->
                once(message, id, paymentId, () -> activatePlan.refundedOrReversed(paymentId, orderId, tenantId, how));
            // Has no effect, so an older message that has one may still come.
            case PaymentFact.NotOurs() -> skipped.skipped(message, "not-ours");
        }
    }

    /** Claim, effect and outgoing message are one transaction; what comes after younger news has no effect. */
    private void once(ConsumerRecord<byte[], byte[]> message, String id, String paymentId, Runnable effect) {
        long sequence = MessageHeaders.sequence(message);
        boolean stale = transaction.execute(_ -> {
            if (!inbox.claim(CONSUMER, id)) {
                return false;
            }
            if (!sequences.advance(CONSUMER, paymentId, sequence)) {
                return true;
            }
            effect.run();
            return false;
        });
        if (stale) {
            skipped.skipped(message, "stale");
        }
    }
}
