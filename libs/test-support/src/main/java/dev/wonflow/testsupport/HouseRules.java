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
     * Checks a service, its tests too, and reports everything it finds.
     *
     * @param root root package of the service, such as {@code dev.wonflow.payment}
     */
    public static void check(String root) {
        check(root, HouseRule.forServices());
    }

    /**
     * Checks a library. It is mechanism through and through, so the rules that keep a service's domain free of
     * mechanism do not apply.
     *
     * @param root root package of the library, such as {@code dev.wonflow.outbox}
     */
    public static void checkLibrary(String root) {
        check(root, HouseRule.forLibraries());
    }

    private static void check(String root, Collection<HouseRule> rules) {
        JavaClasses all = importPackages(root);
        JavaClasses tests = all.that(describe("are tests", HouseRules::isTest));
        JavaClasses production = all.that(describe("are production", candidate -> !isTest(candidate)));
        assertThat(production).as("classes of %s", root).isNotEmpty();

        assertThat(rules)
                .flatExtracting(rule -> violations(rule, rule.isForTests() ? tests : production))
                .as("broken house rules in %s", root)
                .isEmpty();
    }

    /** What breaks a rule, each with the rule's reason. */
    static List<String> violations(HouseRule rule, JavaClasses classes) {
        ArchRule check = rule.rule().allowEmptyShould(true);
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

    private static boolean isTest(JavaClass candidate) {
        return candidate
                .getSource()
                .map(source -> ImportOption.Predefined.ONLY_INCLUDE_TESTS.includes(Location.of(source.getUri())))
                .orElse(false);
    }
}
