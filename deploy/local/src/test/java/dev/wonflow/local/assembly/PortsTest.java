package dev.wonflow.local.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wonflow.local.Trouble;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PortsTest {

    @Test
    void usual_ports_need_no_setting() {
        Ports ports = Ports.of(Map.of());

        assertThat(ports.of(Port.KAFKA)).isEqualTo(19092);
        assertThat(ports.http(Port.ORDER)).isEqualTo("http://127.0.0.1:18081");
    }

    @Test
    void offset_moves_all_and_a_single_setting_wins_over_it() {
        Ports ports = Ports.of(Map.of("WONFLOW_PORT_OFFSET", "1000", "WONFLOW_PORT_ORDER", "7777"));

        assertThat(ports.of(Port.KAFKA)).isEqualTo(20092);
        assertThat(ports.of(Port.ORDER)).isEqualTo(7777);
    }

    @Test
    void what_is_no_port_is_refused_with_the_name_of_the_variable() {
        assertThatThrownBy(() -> Ports.of(Map.of("WONFLOW_PORT_ORDER", "http")))
                .isInstanceOf(Trouble.class)
                .hasMessage("WONFLOW_PORT_ORDER: http (expected: a number from 1 to 65535).");
        assertThatThrownBy(() -> Ports.of(Map.of("WONFLOW_PORT_OFFSET", "60000")))
                .isInstanceOf(Trouble.class)
                .hasMessageStartingWith("WONFLOW_PORT_POSTGRES: 75432");
    }

    @Test
    void two_parts_on_one_port_are_refused() {
        assertThatThrownBy(() -> Ports.of(Map.of("WONFLOW_PORT_ORDER", "18082")))
                .isInstanceOf(Trouble.class)
                .hasMessageContaining("WONFLOW_PORT_PAYMENT: 18082");
    }

    @Test
    void free_ports_are_all_different() {
        Ports ports = Ports.free();

        assertThat(Arrays.stream(Port.values()).map(ports::of)).doesNotHaveDuplicates();
    }
}
