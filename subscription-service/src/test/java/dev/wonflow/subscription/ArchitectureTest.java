package dev.wonflow.subscription;

import dev.wonflow.testsupport.HouseRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    @Test
    void service_keeps_the_house_rules() {
        HouseRules.checkRooms("dev.wonflow.subscription");
    }
}
