package dev.wonflow.order;

import dev.wonflow.testsupport.HouseRules;
import dev.wonflow.testsupport.ReferenceTables;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    @Test
    void house_rules_are_kept() {
        HouseRules.checkRooms("dev.wonflow.order");
    }

    @Test
    void tables_of_the_libraries_are_copied_word_for_word() {
        ReferenceTables.check();
    }
}
