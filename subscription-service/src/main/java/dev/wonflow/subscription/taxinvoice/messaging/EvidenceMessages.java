package dev.wonflow.subscription.taxinvoice.messaging;

import dev.wonflow.inbox.Inbox;
import dev.wonflow.inbox.MessageHeaders;
import dev.wonflow.inbox.SkippedMessages;
import dev.wonflow.subscription.taxinvoice.TaxInvoices;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Learns how payments were made that bought a plan, and whether the tax office has a cash receipt of them. */
@Component
class EvidenceMessages {

    /** Also the consumer group. Changing it makes every old message look new. */
    static final String CONSUMER = "subscription-service.tax-evidence";

    private static final String TOPIC = "payment.events";

    private final Inbox inbox;
    private final SkippedMessages skipped;
    private final TaxInvoices taxInvoices;

    EvidenceMessages(Inbox inbox, SkippedMessages skipped, TaxInvoices taxInvoices) {
        this.inbox = inbox;
        this.skipped = skipped;
        this.taxInvoices = taxInvoices;
    }

    /** Nearly all events are passed over, and nobody waits for the others. */
    @KafkaListener(id = CONSUMER, topics = TOPIC, containerPostProcessor = Inbox.BATCHED, properties = Inbox.UNHURRIED)
    void on(ConsumerRecord<byte[], byte[]> message) {
        switch (EvidenceBody.read(MessageHeaders.type(message), message.value())) {
            case EvidenceBody.Method(String paymentId, String method) ->
                inbox.onceIfNewer(CONSUMER, message, paymentId, () -> taxInvoices.note(paymentId, method, null));
            case EvidenceBody.CashReceipt(String paymentId) ->
                // Its news is of the payment, too, and later than that it was paid.
                inbox.onceIfNewer(
                        CONSUMER, message, paymentId + "/cash-receipt", () -> taxInvoices.note(paymentId, null, true));
            case EvidenceBody.None() -> skipped.skipped(message, "not-ours");
        }
    }
}
