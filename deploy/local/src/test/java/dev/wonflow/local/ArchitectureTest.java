package dev.wonflow.local;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wonflow.testsupport.HouseRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    @Test
    void house_rules_hold() {
        HouseRules.checkProgram("dev.wonflow.local", "dev.wonflow.local.command.Surroundings");
    }

    @Test
    void surroundings_would_not_be_let_off_if_they_were_any_class() {
        assertThatThrownBy(() -> HouseRules.checkProgram("dev.wonflow.local", "dev.wonflow.local.Trouble"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("RANDOMNESS_IS_INJECTED")
                .hasMessageContaining("Surroundings.ofProcess()");
    }
}
