package dev.wonflow.openapi;

import dev.wonflow.testsupport.HouseRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    @Test
    void library_keeps_the_house_rules() {
        HouseRules.checkLibrary("dev.wonflow.openapi");
    }
}
