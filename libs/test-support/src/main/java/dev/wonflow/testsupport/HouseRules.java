package dev.wonflow.testsupport;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.EvaluationResult;
import java.util.Collection;
import java.util.List;

/** The rules of CONTRIBUTING.md that a machine can check, run by one test in every module. */
public final class HouseRules {

    private HouseRules() {}

    /**
     * Checks a service with a package for each noun and its adapters below, its tests too, and reports everything it
     * finds.
     *
     * @param root root package of the service, such as {@code dev.wonflow.order}
     * @param notYet rules it does not keep yet
     */
    public static void checkRooms(String root, HouseRule... notYet) {
        check(root, without(HouseRule.forRooms(), notYet));
    }

    /**
     * Checks a library. It is mechanism through and through, so the rules that keep a service's domain free of
     * mechanism do not apply.
     *
     * @param root root package of the library, such as {@code dev.wonflow.outbox}
     * @param notYet rules it does not keep yet
     */
    public static void checkLibrary(String root, HouseRule... notYet) {
        check(root, without(HouseRule.forLibraries(), notYet));
    }

    /**
     * Checks a program that no container puts together, by the rules of libraries. One of its classes takes time, ids
     * and chance from the machine; all others are given them.
     *
     * @param root root package of the program, such as {@code dev.wonflow.local}
     * @param surroundings full name of that class
     */
    public static void checkProgram(String root, String surroundings) {
        check(root, HouseRule.forLibraries(), surroundings);
    }

    /**
     * Checks a module that is nothing but tests.
     *
     * @param root root package of the tests, such as {@code dev.wonflow.e2e}
     */
    public static void checkTests(String root) {
        JavaClasses tests = importPackages(root);
        assertThat(tests).as("classes of %s", root).isNotEmpty();

        assertThat(HouseRule.forTests())
                .flatExtracting(rule -> violations(rule, root, tests))
                .as("broken house rules in %s", root)
                .isEmpty();
    }

    private static List<HouseRule> without(List<HouseRule> rules, HouseRule... notYet) {
        return rules.stream().filter(rule -> !List.of(notYet).contains(rule)).toList();
    }

    private static void check(String root, Collection<HouseRule> rules) {
        check(root, rules, "");
    }

    private static void check(String root, Collection<HouseRule> rules, String surroundings) {
        JavaClasses all = importPackages(root);
        JavaClasses tests = all.that(describe("are tests", HouseRules::isTest));
        JavaClasses production = all.that(describe("are production", candidate -> !isTest(candidate)));
        JavaClasses given = production.that(describe(
                "are given their surroundings",
                candidate -> !candidate.getName().equals(surroundings)));
        assertThat(production).as("classes of %s", root).isNotEmpty();

        assertThat(rules)
                .flatExtracting(rule -> violations(
                        rule, root, rule.isForTests() ? tests : rule.isAboutSurroundings() ? given : production))
                .as("broken house rules in %s", root)
                .isEmpty();
    }

    /** What breaks a rule in the module of a root package, each with the rule's reason. */
    static List<String> violations(HouseRule rule, String root, JavaClasses classes) {
        ArchRule check = rule.rule(root).allowEmptyShould(true);
        EvaluationResult result = check.evaluate(classes);
        return result.getFailureReport().getDetails().stream()
                .map(detail -> rule + ": " + detail + " (" + rule.reason() + ")")
                .toList();
    }

    /**
     * Reads our class files only: the rules ask foreign classes for nothing but their names, and there are thousands.
     */
    static JavaClasses importPackages(String... roots) {
        return ArchConfiguration.withThreadLocalScope(configuration -> {
            configuration.setResolveMissingDependenciesFromClassPath(false);
            return new ClassFileImporter().importPackages(roots);
        });
    }

    static boolean isTest(JavaClass candidate) {
        return candidate
                .getSource()
                .map(source -> ImportOption.Predefined.ONLY_INCLUDE_TESTS.includes(Location.of(source.getUri())))
                .orElse(false);
    }
}
