package dev.wonflow.issuer;

import dev.wonflow.testsupport.HouseRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    @Test
    void house_rules_hold() {
        HouseRules.checkRooms("dev.wonflow.issuer");
    }
}
