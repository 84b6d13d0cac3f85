package dev.wonflow.sandbox;

import dev.wonflow.testsupport.HouseRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    @Test
    void the_house_rules_hold() {
        HouseRules.checkRooms("dev.wonflow.sandbox");
    }
}
