package dev.wonflow.inbox;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.AcknowledgingConsumerAwareMessageListener;
import org.springframework.kafka.listener.BatchAcknowledgingConsumerAwareMessageListener;
import org.springframework.kafka.support.Acknowledgment;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Hands a listener that takes one message at a time all messages of a poll, in one transaction. If one of them fails,
 * everything is rolled back and each gets its own transaction, so that the one that fails is found, and treated, as if
 * it had come alone. Nothing has its effect twice; the listener may see a message twice.
 *
 * <p>Within the transaction they are taken in the order of their keys. While a partition waits, or has had a failure it
 * is not past yet, its messages come one by one from the start.
 */
final class BatchedListener implements BatchAcknowledgingConsumerAwareMessageListener<Object, Object> {

    /**
     * The same for all copies of a service, so that two polls about the same keys wait for each other and never in a
     * circle. Messages of one key, and those without any, keep the order of their partition.
     */
    private static final Comparator<ConsumerRecord<Object, Object>> IN_LOCK_ORDER =
            Comparator.<ConsumerRecord<Object, Object>, byte[]>comparing(
                            message -> (byte[]) message.key(), Comparator.nullsFirst(Arrays::compareUnsigned))
                    .thenComparing(ConsumerRecord::topic)
                    .thenComparingInt(ConsumerRecord::partition)
                    .thenComparingLong(ConsumerRecord::offset);

    private static final Logger log = LoggerFactory.getLogger(BatchedListener.class);

    private final AcknowledgingConsumerAwareMessageListener<Object, Object> listener;
    private final Lanes lanes;
    private final Inbox inbox;
    private final TransactionOperations transaction;

    BatchedListener(
            AcknowledgingConsumerAwareMessageListener<Object, Object> listener,
            Lanes lanes,
            Inbox inbox,
            TransactionOperations transaction) {
        this.listener = listener;
        this.lanes = lanes;
        this.inbox = inbox;
        this.transaction = transaction;
    }

    @Override
    public void onMessage(
            List<ConsumerRecord<Object, Object>> messages,
            @Nullable Acknowledgment acknowledgment,
            @Nullable Consumer<?, ?> givenConsumer) {
        Consumer<?, ?> consumer = Objects.requireNonNull(givenConsumer);
        boolean together =
                messages.size() > 1 && lanes.areCalm(messages, consumer) && succeedTogether(messages, consumer);
        if (!together) {
            messages.forEach(message -> handleAlone(message, consumer));
        }
    }

    private boolean succeedTogether(List<ConsumerRecord<Object, Object>> messages, Consumer<?, ?> consumer) {
        try {
            List<ConsumerRecord<Object, Object>> sorted =
                    messages.stream().sorted(IN_LOCK_ORDER).toList();
            transaction.executeWithoutResult(
                    _ -> inbox.together(() -> sorted.forEach(message -> listener.onMessage(message, null, consumer))));
        } catch (RuntimeException e) {
            log.debug("{} messages were rolled back and come one by one", messages.size(), e);
            return false;
        }
        messages.forEach(message -> lanes.passed(message, consumer));
        return true;
    }

    private void handleAlone(ConsumerRecord<Object, Object> message, Consumer<?, ?> consumer) {
        try {
            lanes.admit(message, consumer);
            listener.onMessage(message, null, consumer);
        } catch (RuntimeException e) {
            lanes.failed(message, e, consumer);
            return;
        }
        lanes.passed(message, consumer);
    }
}
