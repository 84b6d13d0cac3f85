package dev.wonflow.payment;

import dev.wonflow.testsupport.ReferenceTables;
import org.junit.jupiter.api.Test;

class MigrationsTest {

    @Test
    void tables_of_the_libraries_are_copied_word_for_word() {
        ReferenceTables.check();
    }
}
