package dev.wonflow.inbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MessageHeadersTest {

    private static final byte[] NOT_UTF_8 = {'p', (byte) 0xc0, (byte) 0x80};

    @Test
    void readable_headers_are_read() {
        ConsumerRecord<byte[], byte[]> message = message();
        message.headers()
                .add("ce_id", "m-1".getBytes(UTF_8))
                .add("ce_type", "order.placed.v1".getBytes(UTF_8))
                .add("ce_sequence", "12".getBytes(UTF_8))
                .add("ce_time", "2026-01-05T03:00:00.5Z".getBytes(UTF_8));

        assertThat(MessageHeaders.id(message)).isEqualTo("m-1");
        assertThat(MessageHeaders.type(message)).isEqualTo("order.placed.v1");
        assertThat(MessageHeaders.sequence(message)).isEqualTo(12);
        assertThat(MessageHeaders.time(message)).hasValue(Instant.parse("2026-01-05T03:00:00.5Z"));
    }

    @Test
    void absent_header_is_empty_where_it_may_be_absent() {
        assertThat(MessageHeaders.optional(message(), "ce_tenantid")).isEmpty();
        assertThat(MessageHeaders.time(message())).isEmpty();
        assertThatThrownBy(() -> MessageHeaders.type(message()))
                .isInstanceOf(UnreadableMessage.class)
                .hasMessage("header ce_type: missing (expected: text)");
    }

    @Test
    void header_nobody_can_be_sure_of_makes_the_message_unreadable() {
        assertUnreadable(NOT_UTF_8, "not UTF-8 (expected: text)");
        assertUnreadable(null, "blank (expected: text, or no header)");
        assertUnreadable(new byte[0], "blank (expected: text, or no header)");
        assertUnreadable(" \t ".getBytes(UTF_8), "blank (expected: text, or no header)");
        assertUnreadable("order.placed.v1\0".getBytes(UTF_8), "control characters (expected: text without them)");
        assertUnreadable("order\nplaced".getBytes(UTF_8), "control characters (expected: text without them)");
    }

    @Test
    void header_that_is_there_twice_makes_the_message_unreadable() {
        ConsumerRecord<byte[], byte[]> message = message();
        message.headers().add("ce_type", "order.placed.v1".getBytes(UTF_8));
        message.headers().add("ce_type", "order.placed.v1".getBytes(UTF_8));

        assertThatThrownBy(() -> MessageHeaders.type(message))
                .isInstanceOf(UnreadableMessage.class)
                .hasMessage("header ce_type: more than one (expected: one)");
    }

    @Test
    void sequence_and_time_must_be_what_they_are_called() {
        assertThatThrownBy(() -> MessageHeaders.sequence(with("ce_sequence", "-1")))
                .isInstanceOf(UnreadableMessage.class)
                .hasMessageStartingWith("header ce_sequence: no number");
        assertThatThrownBy(() -> MessageHeaders.sequence(with("ce_sequence", "twelve")))
                .isInstanceOf(UnreadableMessage.class)
                .hasMessageStartingWith("header ce_sequence: no number");
        assertThatThrownBy(() -> MessageHeaders.time(with("ce_time", "yesterday")))
                .isInstanceOf(UnreadableMessage.class)
                .hasMessageStartingWith("header ce_time: not a time");
    }

    private static void assertUnreadable(byte @Nullable [] value, String what) {
        ConsumerRecord<byte[], byte[]> message = message();
        message.headers().add("ce_type", value);
        assertThatThrownBy(() -> MessageHeaders.type(message))
                .isInstanceOf(UnreadableMessage.class)
                .hasMessage("header ce_type: " + what);
        assertThatThrownBy(() -> MessageHeaders.optional(message, "ce_type")).isInstanceOf(UnreadableMessage.class);
    }

    private static ConsumerRecord<byte[], byte[]> with(String header, String value) {
        ConsumerRecord<byte[], byte[]> message = message();
        message.headers().add(header, value.getBytes(UTF_8));
        return message;
    }

    private static ConsumerRecord<byte[], byte[]> message() {
        return new ConsumerRecord<>("order.events", 0, 0, null, null);
    }
}
