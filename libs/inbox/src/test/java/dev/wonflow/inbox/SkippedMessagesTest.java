package dev.wonflow.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class SkippedMessagesTest {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final SkippedMessages skipped = new SkippedMessages(meters);

    @Test
    void skipped_messages_are_counted_by_topic_and_type_and_reason() {
        skipped.unknownType(message("payment.dreamed.v1"));
        skipped.unknownType(message("payment.dreamed.v1"));
        skipped.skipped(message("payment.paid.v1"), "not-ours");

        assertThat(meters.get("wonflow.inbox.skipped")
                        .tags("topic", "payment.events", "type", "payment.dreamed.v1", "reason", "unknown-type")
                        .counter()
                        .count())
                .isEqualTo(2);
        assertThat(meters.get("wonflow.inbox.skipped")
                        .tags("type", "payment.paid.v1", "reason", "not-ours")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void types_invented_without_end_share_one_counter() {
        for (int i = 0; i < 1_000; i++) {
            skipped.unknownType(message("payment.invented-" + i + ".v1"));
        }
        skipped.unknownType(message("Payment Invented\n"));

        assertThat(meters.find("wonflow.inbox.skipped").counters()).hasSize(101);
        assertThat(meters.get("wonflow.inbox.skipped")
                        .tag("type", "other")
                        .counter()
                        .count())
                .isEqualTo(901);
    }

    private static ConsumerRecord<byte[], byte[]> message(String type) {
        ConsumerRecord<byte[], byte[]> message = new ConsumerRecord<>("payment.events", 0, 0, null, null);
        message.headers().add("ce_type", type.getBytes(UTF_8));
        return message;
    }
}
