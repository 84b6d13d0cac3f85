package dev.wonflow.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class OrderedSenderTest {

    private static final int MOST = 3;

    private final MockProducer<byte[], byte[]> kafka =
            new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final LongAdder sent = new LongAdder();
    private final OrderedSender<Integer> sender =
            new OrderedSender<>(kafka, OutboxRow.sourceHeader("/test"), MOST, 1_000_000, sent, new Sleeper());

    @Test
    void a_place_comes_out_only_once_kafka_has_what_is_before_it() {
        sender.send(1, aRow());
        sender.pass(2);

        assertThat(sender.advance()).isNull();
        kafka.completeNext();
        assertThat(sender.advance()).isEqualTo(2);
        assertThat(sent.sum()).isEqualTo(1);
    }

    @Test
    void the_next_event_is_sent_before_the_last_has_arrived() {
        sender.send(1, aRow());
        sender.send(2, aRow());

        assertThat(kafka.history()).hasSize(2);
        assertThat(sender.isFull()).isFalse();
        sender.send(3, aRow());
        assertThat(sender.isFull()).isTrue();
    }

    @Test
    void after_a_failure_nothing_from_it_on_comes_out_and_nothing_more_is_taken() {
        sender.send(1, aRow());
        sender.send(2, aRow());
        sender.send(3, aRow());
        kafka.completeNext();
        kafka.errorNext(new RecordTooLargeException("too large"));

        assertThat(kafka.closed())
                .as("so that nothing overtakes the failed event")
                .isTrue();
        kafka.completeNext();

        assertThat(sender.advance()).isEqualTo(1);
        assertThat(sender.advance()).isNull();
        assertThat(sender.first()).isEqualTo(2);
        assertThatThrownBy(sender::requireHealthy).hasRootCauseMessage("too large");
        assertThatThrownBy(() -> sender.send(4, aRow())).hasRootCauseMessage("too large");
    }

    @Test
    void payload_bytes_fill_it_as_well_as_events_do() {
        OrderedSender<Integer> small =
                new OrderedSender<>(kafka, OutboxRow.sourceHeader("/test"), 100, 5, sent, new Sleeper());

        small.send(1, aRow());

        assertThat(small.isFull()).isTrue();
    }

    private static OutboxRow aRow() {
        return new OutboxRow("0190", "topic", "key", "thing.happened.v1", 1, "default", RelayStand.NOON, "{}", null);
    }
}
