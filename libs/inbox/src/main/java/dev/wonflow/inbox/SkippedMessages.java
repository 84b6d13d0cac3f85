package dev.wonflow.inbox;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Counts messages without an effect, so that skipping them is seen and not silent. Within a transaction a message
 * counts when that commits: if it does not, the message comes again.
 */
public final class SkippedMessages {

    private static final Logger log = LoggerFactory.getLogger(SkippedMessages.class);

    /** A type comes from outside; without a limit it could make as many time series as it likes. */
    private static final int MAX_TYPES = 100;

    private static final Pattern TYPE = Pattern.compile("[a-z0-9][a-z0-9._-]{0,99}");

    private static final String OTHER = "other";

    private final Set<String> types = ConcurrentHashMap.newKeySet();
    private final MeterRegistry meters;

    public SkippedMessages(MeterRegistry meters) {
        this.meters = meters;
    }

    /** Notes that a message of a type nobody here knows was passed over. */
    public void unknownType(ConsumerRecord<?, ?> message) {
        count(message, "unknown-type");
    }

    /**
     * Notes that a message of a known type was passed over.
     *
     * @param reason a constant of the caller, such as {@code not-ours}; becomes a tag
     */
    public void skipped(ConsumerRecord<?, ?> message, String reason) {
        count(message, reason);
    }

    private void count(ConsumerRecord<?, ?> message, String reason) {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            countNow(message, reason);
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                countNow(message, reason);
            }
        });
    }

    private void countNow(ConsumerRecord<?, ?> message, String reason) {
        String type = boundedType(typeOf(message));
        Counter.builder("wonflow.inbox.skipped")
                .description("Messages passed over without an effect")
                .tag("topic", message.topic())
                .tag("type", type)
                .tag("reason", reason)
                .register(meters)
                .increment();
        log.debug(
                "Message {}-{}@{} of type {} skipped: {}",
                message.topic(),
                message.partition(),
                message.offset(),
                type,
                reason);
    }

    private static String typeOf(ConsumerRecord<?, ?> message) {
        try {
            return MessageHeaders.optional(message, "ce_type").orElse(OTHER);
        } catch (UnreadableMessage _) {
            return OTHER;
        }
    }

    private String boundedType(String type) {
        if (!TYPE.matcher(type).matches()) {
            return OTHER;
        }
        if (types.contains(type) || (types.size() < MAX_TYPES && types.add(type))) {
            return type;
        }
        return OTHER;
    }
}
