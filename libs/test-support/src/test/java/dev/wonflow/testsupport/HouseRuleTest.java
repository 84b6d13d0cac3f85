package dev.wonflow.testsupport;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule has been seen failing on what it forbids, and silent on what it allows. */
class HouseRuleTest {

    private static final String PLANTED = "dev.wonflow.testsupport.planted.";

    private static final Path BUILD = Path.of("..", "..");
    private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");

    private static final JavaClasses ALL = HouseRules.importPackages(
            "dev.wonflow.testsupport.planted", "dev.wonflow.order.planted", "dev.wonflow.payment.planted");

    /** Where a violation of each rule is planted, and words its report must contain. */
    private static final Map<HouseRule, Violation> VIOLATIONS = new EnumMap<>(Map.ofEntries(
            planted(HouseRule.NOUNS_ARE_FREE_OF_CYCLES, "cycle", "Cycle detected", "Mug", "Tea"),
            planted(HouseRule.ADAPTERS_LIE_BELOW_THEIR_NOUN, "beside", "Loose knows [SQL]", "Desk knows [KAFKA]"),
            planted(HouseRule.NOUNS_DO_NOT_KNOW_THEIR_ADAPTERS, "knows", "Mug.shelf"),
            planted(HouseRule.AN_ADAPTER_SPEAKS_TO_ONE_SIDE, "between", "Desk.shelf", "Counter lies in an adapter of"),
            Map.entry(
                    HouseRule.SERVICES_STAND_ALONE,
                    new Violation("dev.wonflow.order.planted", List.of("KnowsPayment", "Refund"))),
            planted(HouseRule.NAMES_SAY_SOMETHING, "names", "MugManager", "Box$MugDto"),
            planted(HouseRule.PACKAGES_ARE_BUSINESS_WORDS, "common", "Mug"),
            planted(HouseRule.PACKAGES_ARE_NULL_MARKED, "nullness", "Unmarked"),
            planted(
                    HouseRule.TIME_AND_IDS_ARE_INJECTED,
                    "time",
                    "ReachesForTime.instant()",
                    "ReachesForTime.reference()",
                    "ReachesForTime.today()",
                    "ReachesForTime.clock()",
                    "ReachesForTime.millis()",
                    "ReachesForTime.id()"),
            planted(
                    HouseRule.RANDOMNESS_IS_INJECTED,
                    "chance",
                    "ReachesForChance.random()",
                    "ReachesForChance.reference()",
                    "ReachesForChance.secure()",
                    "ReachesForChance.splittable()",
                    "ReachesForChance.ofTheThread()",
                    "ReachesForChance.math()",
                    "ReachesForChance.shuffle(",
                    "ReachesForChance.generator()"),
            planted(HouseRule.TIMES_CARRY_THEIR_ZONE, "zone", "Zoneless.paidAt"),
            planted(HouseRule.JSON_IS_JACKSON_3, "json", "OldJson"),
            planted(HouseRule.LOGGERS_BELONG_TO_THEIR_CLASS, "logger", "CopiedLogger", "NamedLogger"),
            planted(HouseRule.SETTINGS_ARE_RECORDS, "settings", "Scattered", "Changeable is no record"),
            planted(HouseRule.BEANS_ARE_GIVEN_TO_CONSTRUCTORS, "injection", "InjectedField.mug"),
            planted(
                    HouseRule.TRANSACTIONS_ARE_OPENED_IN_CODE,
                    "transactions",
                    "AnnotatedMug.fill()",
                    "AnnotatedShelf opens",
                    "Mugs opens a transaction for each call",
                    "MugMessages.transaction"),
            planted(HouseRule.ROUTES_SAY_WHO_MAY_CALL_THEM, "door", "Door.ajar()", "Door.open()"),
            planted(HouseRule.FAKES_ARE_WRITTEN_BY_HAND, "mocks", "Mocked"),
            planted(HouseRule.TESTS_DO_NOT_SLEEP, "sleep", "Sleeper.thread()", "Sleeper.unit()")));

    @ParameterizedTest
    @EnumSource
    void a_planted_violation_is_found(HouseRule rule) {
        Violation violation = VIOLATIONS.getOrDefault(rule, new Violation("nowhere", List.of("planted")));

        List<String> report = HouseRules.violations(rule, violation.root(), classes(violation.root()));

        for (String word : violation.words()) {
            assertThat(report).as("report of %s", rule).anyMatch(line -> line.contains(word));
        }
        assertThat(report).allMatch(line -> line.contains(rule.reason()));
    }

    @ParameterizedTest
    @EnumSource
    void what_is_allowed_is_not_reported(HouseRule rule) {
        assertThat(violations(rule, "clean")).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("dev.wonflow.testsupport.HouseRule#forRooms")
    void what_is_allowed_in_rooms_is_not_reported(HouseRule rule) {
        assertThat(violations(rule, "rooms")).isEmpty();
    }

    @Test
    void a_time_given_by_a_clock_is_not_reported() {
        assertThat(violations(HouseRule.TIME_AND_IDS_ARE_INJECTED, "time"))
                .noneMatch(line -> line.contains("ReachesForTime.given"));
    }

    @Test
    void chance_that_is_given_is_not_reported() {
        assertThat(violations(HouseRule.RANDOMNESS_IS_INJECTED, "chance"))
                .noneMatch(line -> line.contains("ReachesForChance.given"));
    }

    @Test
    void a_route_that_says_who_may_call_it_is_not_reported() {
        assertThat(violations(HouseRule.ROUTES_SAY_WHO_MAY_CALL_THEM, "door"))
                .noneMatch(line -> line.contains("Door.locked"));
    }

    @Test
    void a_service_of_one_noun_keeps_its_adapters_below_its_root() {
        assertThat(violations(HouseRule.ADAPTERS_LIE_BELOW_THEIR_NOUN, "clean")).isEmpty();
        assertThat(violations(HouseRule.ADAPTERS_LIE_BELOW_THEIR_NOUN, "domain"))
                .anyMatch(line -> line.contains("TalksSql knows [SQL]"));
    }

    @Test
    void the_check_of_tests_finds_what_they_do_wrong() {
        assertThatThrownBy(() -> HouseRules.checkTests(PLANTED + "sleep"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("TESTS_DO_NOT_SLEEP");
        assertThatThrownBy(() -> HouseRules.checkTests(PLANTED + "names"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("NAMES_SAY_SOMETHING");
    }

    @Test
    void rules_about_rooms_bind_services_that_have_them() {
        assertThat(HouseRule.forRooms())
                .contains(HouseRule.NOUNS_ARE_FREE_OF_CYCLES, HouseRule.ADAPTERS_LIE_BELOW_THEIR_NOUN)
                .contains(HouseRule.RANDOMNESS_IS_INJECTED, HouseRule.TESTS_DO_NOT_SLEEP);
    }

    @Test
    void runtime_keeps_the_rules_of_libraries() {
        HouseRules.checkLibrary("dev.wonflow.runtime");
    }

    /**
     * The planted classes are tests; what tests share may take the machine's time, and a base class of tests gets its
     * service in a field, as tests do.
     */
    @Test
    void test_support_keeps_the_rules_itself() {
        JavaClasses shared = HouseRules.importPackages("dev.wonflow.testsupport")
                .that(describe("are shared", candidate -> !HouseRules.isTest(candidate)));
        JavaClasses made = shared.that(describe("are made by others", candidate -> !isBaseOfTests(candidate)));

        assertThat(made).isNotEmpty();
        assertThat(HouseRule.forTests())
                .flatExtracting(rule -> HouseRules.violations(
                        rule,
                        "dev.wonflow.testsupport",
                        rule == HouseRule.BEANS_ARE_GIVEN_TO_CONSTRUCTORS ? made : shared))
                .isEmpty();
    }

    private static boolean isBaseOfTests(JavaClass candidate) {
        return candidate.getMethods().stream().anyMatch(method -> method.isAnnotatedWith(Test.class));
    }

    /** A list in a rule binds nothing that is missing from it, so the folders of this build are compared with it. */
    @Test
    void everything_that_runs_on_its_own_is_known_to_the_rule_that_nobody_imports_from_it() throws IOException {
        List<Path> modules = MODULE.matcher(Files.readString(BUILD.resolve("pom.xml")))
                .results()
                .map(module -> BUILD.resolve(module.group(1)))
                .toList();
        List<String> applications = new ArrayList<>();
        for (Path module : modules) {
            Path sources = module.resolve("src/main/java");
            if (Files.isDirectory(sources)) {
                try (Stream<Path> files = Files.find(sources, 10, (file, _) -> isApplication(file))) {
                    files.map(file -> sources.relativize(file.getParent()))
                            .map(folder -> folder.toString().replace(File.separatorChar, '.'))
                            .forEach(applications::add);
                }
            }
        }

        assertThat(applications).hasSizeGreaterThan(5).hasSameElementsAs(HouseRule.services());
    }

    private static boolean isApplication(Path file) {
        try {
            return file.toString().endsWith(".java") && Files.readString(file).contains("\n@SpringBootApplication");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void the_check_of_a_module_finds_what_its_tests_do_wrong() {
        assertThatThrownBy(() -> HouseRules.checkRooms("dev.wonflow.testsupport"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("TESTS_DO_NOT_SLEEP")
                .hasMessageContaining("Sleeper");
    }

    @Test
    void a_misspelt_root_is_a_mistake_and_not_a_success() {
        assertThatThrownBy(() -> HouseRules.checkRooms("dev.wonflow.paymnt"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("classes of dev.wonflow.paymnt");
    }

    @Test
    void rules_about_nouns_do_not_bind_libraries() {
        assertThat(HouseRule.forLibraries())
                .contains(HouseRule.TIME_AND_IDS_ARE_INJECTED, HouseRule.TESTS_DO_NOT_SLEEP)
                .doesNotContain(HouseRule.NOUNS_DO_NOT_KNOW_THEIR_ADAPTERS);
    }

    private static List<String> violations(HouseRule rule, String where) {
        return HouseRules.violations(rule, PLANTED + where, classes(PLANTED + where));
    }

    private static Map.Entry<HouseRule, Violation> planted(HouseRule rule, String where, String... words) {
        return Map.entry(rule, new Violation(PLANTED + where, Arrays.asList(words)));
    }

    private static JavaClasses classes(String root) {
        return ALL.that(resideInAPackage(root + ".."));
    }

    private record Violation(String root, List<String> words) {}
}
