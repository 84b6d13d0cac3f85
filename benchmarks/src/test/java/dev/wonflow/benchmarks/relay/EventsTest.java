package dev.wonflow.benchmarks.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EventsTest {

    @Test
    void an_event_is_512_bytes_and_knows_its_number() {
        byte[] payload = Events.payload(1_234_567).getBytes(UTF_8);

        assertThat(payload).hasSize(512);
        assertThat(Events.number(payload)).isEqualTo(1_234_567);
    }

    @Test
    void a_damaged_event_has_no_number() {
        byte[] payload = Events.payload(7).getBytes(UTF_8);
        payload[8] = 'x';

        assertThat(Events.number(payload)).isEqualTo(-1);
        assertThat(Events.number(Events.payload(7).substring(1).getBytes(UTF_8)))
                .isEqualTo(-1);
    }

    @Test
    void an_event_of_another_key_does_not_fit() {
        assertThat(Events.keyFits(7, Events.key(7 + Events.KEYS).getBytes(UTF_8)))
                .isTrue();
        assertThat(Events.keyFits(7, Events.key(8).getBytes(UTF_8))).isFalse();
    }
}
