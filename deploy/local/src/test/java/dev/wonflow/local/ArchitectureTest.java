package dev.wonflow.local;

import dev.wonflow.testsupport.HouseRule;
import dev.wonflow.testsupport.HouseRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    @Test
    void house_rules_hold() {
        HouseRules.checkLibrary("dev.wonflow.local", HouseRule.RANDOMNESS_IS_INJECTED);
    }
}
