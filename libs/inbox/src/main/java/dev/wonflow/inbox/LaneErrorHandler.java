package dev.wonflow.inbox;

import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.log.LogAccessor;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.ListenerUtils;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.kafka.listener.SeekUtils;

/**
 * Hands failures to the {@link Lanes}. Spring's {@code DefaultErrorHandler} is not used because after each failure it
 * reads all partitions of the consumer again, which takes up to a second, and because all of them wait for one retry.
 */
final class LaneErrorHandler implements CommonErrorHandler {

    private static final Logger log = LoggerFactory.getLogger(LaneErrorHandler.class);

    private static final Duration PAUSE_AFTER_FAILED_POLL = Duration.ofSeconds(1);

    private final Lanes lanes;

    LaneErrorHandler(Lanes lanes) {
        this.lanes = lanes;
    }

    @Override
    public boolean handleOne(
            Exception thrown,
            ConsumerRecord<?, ?> message,
            Consumer<?, ?> consumer,
            MessageListenerContainer listener) {
        lanes.failed(message, thrown, consumer);
        return true;
    }

    /** The container asks for this after a commit that came too late; the messages are another consumer's by now. */
    @Override
    public void handleRemaining(
            Exception thrown,
            List<ConsumerRecord<?, ?>> messages,
            Consumer<?, ?> consumer,
            MessageListenerContainer listener) {
        SeekUtils.doSeeks(messages, consumer, thrown, false, (_, _) -> false, new LogAccessor(LaneErrorHandler.class));
    }

    /** A poll that fails every time must not do so a thousand times a second. */
    @Override
    public void handleOtherException(
            Exception thrown, Consumer<?, ?> consumer, MessageListenerContainer listener, boolean batchListener) {
        if (thrown instanceof WakeupException) {
            // The listener stops.
            return;
        }
        log.error(
                "Listener {} could not read; next try in {}",
                listener.getListenerId(),
                PAUSE_AFTER_FAILED_POLL,
                thrown);
        try {
            ListenerUtils.stoppableSleep(listener, PAUSE_AFTER_FAILED_POLL.toMillis());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stops the listener for all to see: a batch cannot be taken apart here, and must not be passed over. */
    @Override
    public void handleBatch(
            Exception thrown,
            ConsumerRecords<?, ?> messages,
            Consumer<?, ?> consumer,
            MessageListenerContainer listener,
            Runnable invokeListener) {
        throw new AssertionError(
                "listener " + listener.getListenerId() + ": takes batches (expected: one message at a time)", thrown);
    }

    /** Offsets are committed by the lanes. */
    @Override
    public boolean isAckAfterHandle() {
        return false;
    }
}
