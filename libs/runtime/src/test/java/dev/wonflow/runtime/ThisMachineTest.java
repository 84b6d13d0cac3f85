package dev.wonflow.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThisMachineTest {

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.1.2.3", "localhost", "LocalHost", "::1", "[::1]", "0:0:0:0:0:0:0:1"})
    void loopback_address_is_this_machine(String host) {
        assertThat(ThisMachine.is(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "0.0.0.0",
                "[::]",
                "::",
                "10.0.0.1",
                "127.0.0.1.example",
                "localhost.example",
                "ip6-localhost",
                "[127.0.0.1",
                "127.0.0.1 ",
                "wonflow.example"
            })
    void everything_else_is_not_wherever_it_may_point(String host) {
        assertThat(ThisMachine.is(host)).isFalse();
    }

    @Test
    void no_host_is_no_machine() {
        assertThat(ThisMachine.is(null)).isFalse();
    }
}
