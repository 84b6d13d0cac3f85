package dev.wonflow.e2e;

import dev.wonflow.testsupport.HouseRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    @Test
    void house_rules_hold() {
        HouseRules.checkTests("dev.wonflow.e2e");
    }
}
