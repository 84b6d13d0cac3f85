package dev.wonflow.payment;

import dev.wonflow.testsupport.HouseRule;
import dev.wonflow.testsupport.HouseRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    @Test
    void house_rules_hold() {
        HouseRules.check("dev.wonflow.payment", HouseRule.RANDOMNESS_IS_INJECTED);
    }
}
