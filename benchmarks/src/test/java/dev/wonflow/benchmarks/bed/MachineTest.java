package dev.wonflow.benchmarks.bed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class MachineTest {

    @Test
    void what_is_neither_ours_nor_the_hosts_is_other_programs() {
        var earlier = new Machine.Ticks(1000, 10, 500, 100);
        var later = new Machine.Ticks(1200, 14, 620, 200);

        Machine.Use use = later.since(earlier);

        assertThat(use.steal()).isCloseTo(0.02, within(1e-9));
        assertThat(use.own()).isCloseTo(0.5, within(1e-9));
        assertThat(use.others()).isCloseTo(0.1, within(1e-9));
    }
}
