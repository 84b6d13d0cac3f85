package dev.wonflow.sandbox;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import dev.wonflow.testsupport.HouseRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    @Test
    void the_house_rules_hold() {
        HouseRules.check("dev.wonflow.sandbox");
    }

    /** A room is a noun with its adapters below it, so what an adapter needs counts too. */
    @Test
    void rooms_are_free_of_cycles() {
        ArchConfiguration.withThreadLocalScope(configuration -> {
            configuration.setResolveMissingDependenciesFromClassPath(false);
            SlicesRuleDefinition.slices()
                    .matching("dev.wonflow.sandbox.(*)..")
                    .should()
                    .beFreeOfCycles()
                    .because("a room that needs another and is needed by it is one room with a wall through it")
                    .check(new ClassFileImporter()
                            .withImportOption(new ImportOption.DoNotIncludeTests())
                            .importPackages("dev.wonflow.sandbox"));
        });
    }
}
