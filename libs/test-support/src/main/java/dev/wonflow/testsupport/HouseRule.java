package dev.wonflow.testsupport;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaEnumConstant;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaParameter;
import com.tngtech.archunit.core.domain.ReferencedClassObject;
import com.tngtech.archunit.core.domain.properties.HasAnnotations;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;

/** One house rule: what it checks, where, and why it exists. */
public enum HouseRule {
    NOUNS_ARE_FREE_OF_CYCLES(
            Where.ROOMS,
            "nouns that know each other are one noun; the one that can do without the other must not know it",
            Rooms::nounsAreFreeOfCycles),

    ADAPTERS_LIE_BELOW_THEIR_NOUN(
            Where.ROOMS,
            "what knows HTTP, Kafka, SQL or JSON is an adapter of one noun, whatever its package is called",
            root -> classes().should(Rooms.adaptersLieBelowTheirNoun(root))),

    NOUNS_DO_NOT_KNOW_THEIR_ADAPTERS(
            Where.ROOMS,
            "a noun must read the same whatever carries its messages",
            classes().should(Rooms.nounsDoNotKnowAdapters())),

    AN_ADAPTER_SPEAKS_TO_ONE_SIDE(
            Where.ROOMS,
            "an adapter talks to its noun; what two adapters share is a word the noun lacks",
            classes().should(Rooms.adaptersOfOtherKindsAreLeftAlone())),

    SERVICES_STAND_ALONE(
            Where.EVERYWHERE,
            "services share contracts, never classes; the sandbox must not leak into production",
            classes().should(leaveOtherServicesAlone())),

    NAMES_SAY_SOMETHING(
            Where.EVERYWHERE,
            "such an ending says that no better word was looked for",
            noClasses()
                    .should()
                    .haveNameMatching(".*[a-z](Impl|Manager|Helper|Helpers|Util|Utils|Dto|Entity|Service)(\\$.*)?")),

    PACKAGES_ARE_BUSINESS_WORDS(
            Where.EVERYWHERE,
            "a folder is a business word or an adapter, not a layer",
            noClasses()
                    .should()
                    .resideInAnyPackage(
                            "dev.wonflow..controller..",
                            "dev.wonflow..service..",
                            "dev.wonflow..repository..",
                            "dev.wonflow..util..",
                            "dev.wonflow..utils..",
                            "dev.wonflow..helper..",
                            "dev.wonflow..common..",
                            "dev.wonflow..dto..",
                            "dev.wonflow..entity..",
                            "dev.wonflow..impl..")),

    PACKAGES_ARE_NULL_MARKED(
            Where.EVERYWHERE,
            "without package-info and @NullMarked the null checks pass over the package",
            classes().should(resideInANullMarkedPackage())),

    TIME_AND_IDS_ARE_INJECTED(
            Where.EVERYWHERE,
            "only an injected clock and id source can be moved by a test and by the local stack",
            noClasses()
                    .that(not(resideInAPackage("dev.wonflow.runtime..")))
                    .should(access(HouseRule::reachesForTimeOrIds))),

    RANDOMNESS_IS_INJECTED(
            Where.EVERYWHERE,
            "chance that a test cannot set makes a test that fails by chance",
            noClasses()
                    .that(not(resideInAPackage("dev.wonflow.runtime..")))
                    .should(access(HouseRule::reachesForChance))),

    TIMES_CARRY_THEIR_ZONE(
            Where.EVERYWHERE,
            "a payment happens at an Instant; a time without a zone is a bug at midnight in Seoul, and only Toss sends some",
            noFields()
                    .that()
                    .areDeclaredInClassesThat(not(resideInAPackage("..toss..")))
                    .should()
                    .haveRawType("java.time.LocalDateTime")),

    JSON_IS_JACKSON_3(
            Where.EVERYWHERE,
            "Jackson 2 is only on the class path because Debezium brings it",
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("com.fasterxml.jackson.core..", "com.fasterxml.jackson.databind..")),

    LOGGERS_BELONG_TO_THEIR_CLASS(
            Where.EVERYWHERE,
            "a copied logger sends the reader to the wrong class",
            classes().should(nameItselfToItsLogger())),

    SETTINGS_ARE_RECORDS(
            Where.EVERYWHERE,
            "settings are one documented and checked record per feature, not scattered @Value",
            classes().should(takeSettingsAsRecords())),

    BEANS_ARE_GIVEN_TO_CONSTRUCTORS(
            Where.EVERYWHERE,
            "an injected field cannot be final and a test cannot set it",
            noFields()
                    .should()
                    .beAnnotatedWith(Autowired.class)
                    .orShould()
                    .beAnnotatedWith("jakarta.inject.Inject")
                    .orShould()
                    .beAnnotatedWith("jakarta.annotation.Resource")),

    TRANSACTIONS_ARE_OPENED_IN_CODE(
            Where.EVERYWHERE,
            "an annotation only demands the caller's transaction; what opens one is TransactionOperations, and for a"
                    + " message the inbox",
            classes().should(openTransactionsInCode())),

    ROUTES_SAY_WHO_MAY_CALL_THEM(
            Where.EVERYWHERE,
            "a route nobody decided about is closed at best; who may call it is read beside its address",
            classes()
                    .that(not(JavaClass.Predicates.resideInAnyPackage("dev.wonflow.sandbox..", "dev.wonflow.issuer..")))
                    .should(sayWhoMayCallTheirRoutes())),

    FAKES_ARE_WRITTEN_BY_HAND(
            Where.TESTS,
            "a mock asserts how and not what",
            noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("org.mockito..", "org.springframework.test.context.bean.override.mockito..")),

    TESTS_DO_NOT_SLEEP(
            Where.TESTS,
            "a sleep is too short on a busy machine and too long on all others; wait with Awaitility",
            noClasses().should(access(HouseRule::sleeps)));

    private static final String SETTINGS = "org.springframework.boot.context.properties.ConfigurationProperties";

    private static final String TRANSACTIONAL = "org.springframework.transaction.annotation.Transactional";

    private static final String REPOSITORY = "org.springframework.data.repository.Repository";

    private static final String REPOSITORIES = "org.springframework.data.jdbc.repository.config.EnableJdbcRepositories";

    private static final String LISTENER = "org.springframework.kafka.annotation.KafkaListener";

    private static final Set<String> WIRING = Set.of(
            "org.springframework.boot.autoconfigure.AutoConfiguration",
            "org.springframework.boot.autoconfigure.SpringBootApplication",
            "org.springframework.context.annotation.Configuration");

    private static final Set<String> MAPPINGS = Set.of(
            "org.springframework.web.bind.annotation.RequestMapping",
            "org.springframework.web.bind.annotation.GetMapping",
            "org.springframework.web.bind.annotation.PostMapping",
            "org.springframework.web.bind.annotation.PutMapping",
            "org.springframework.web.bind.annotation.PatchMapping",
            "org.springframework.web.bind.annotation.DeleteMapping");

    private static final Set<String> ACCESS = Set.of("dev.wonflow.access.AllowedTo", "dev.wonflow.access.OpenToAll");

    private static final List<String> SERVICES = List.of(
            "dev.wonflow.order",
            "dev.wonflow.payment",
            "dev.wonflow.webhook",
            "dev.wonflow.subscription",
            "dev.wonflow.sandbox",
            "dev.wonflow.issuer");

    private final Where where;
    private final String reason;

    @SuppressWarnings("ImmutableEnumChecker") // Its type cannot say so, but a rule never changes.
    private final Function<String, ArchRule> rule;

    HouseRule(Where where, String reason, ArchRule rule) {
        this(where, reason, _ -> rule);
    }

    HouseRule(Where where, String reason, Function<String, ArchRule> rule) {
        this.where = where;
        this.reason = reason;
        this.rule = rule;
    }

    /** For a service with a room for each noun. */
    static List<HouseRule> forRooms() {
        return in(Where.ROOMS, Where.EVERYWHERE, Where.TESTS);
    }

    /** Root packages of what runs on its own, which nobody may import from. */
    static List<String> services() {
        return SERVICES;
    }

    static List<HouseRule> forLibraries() {
        return in(Where.EVERYWHERE, Where.TESTS);
    }

    /** For a module of tests, which may take the time from the machine. */
    static List<HouseRule> forTests() {
        return Arrays.stream(values())
                .filter(rule -> rule.where == Where.EVERYWHERE || rule.isForTests())
                .filter(rule -> !rule.isAboutSurroundings())
                .toList();
    }

    private static List<HouseRule> in(Where... places) {
        return Arrays.stream(values())
                .filter(rule -> Set.of(places).contains(rule.where))
                .toList();
    }

    boolean isForTests() {
        return where == Where.TESTS;
    }

    /** Whether it is about what a program takes from the machine it runs on. */
    boolean isAboutSurroundings() {
        return this == TIME_AND_IDS_ARE_INJECTED || this == RANDOMNESS_IS_INJECTED;
    }

    String reason() {
        return reason;
    }

    /** The rule for the module of this root package. */
    ArchRule rule(String root) {
        return rule.apply(root);
    }

    /** Classes that wire a service together must know both sides. */
    static boolean isWiring(JavaClass candidate) {
        return candidate.getAnnotations().stream()
                        .anyMatch(annotation ->
                                WIRING.contains(annotation.getRawType().getName()))
                || candidate.getEnclosingClass().map(HouseRule::isWiring).orElse(false);
    }

    private static ArchCondition<JavaClass> leaveOtherServicesAlone() {
        return dependencies(
                "leave other services alone",
                (from, to) -> SERVICES.stream().anyMatch(service -> isIn(service, to) && !isIn(service, from)));
    }

    private static boolean isIn(String root, JavaClass candidate) {
        return candidate.getPackageName().equals(root)
                || candidate.getPackageName().startsWith(root + ".");
    }

    private static ArchCondition<JavaClass> dependencies(String description, ForbiddenDependency forbidden) {
        return new ArchCondition<>(description) {
            @Override
            public void check(JavaClass from, ConditionEvents events) {
                from.getDirectDependenciesFromSelf().stream()
                        .filter(dependency -> forbidden.test(from, dependency.getTargetClass()))
                        .forEach(dependency ->
                                events.add(SimpleConditionEvent.violated(from, dependency.getDescription())));
            }
        };
    }

    private static ArchCondition<JavaClass> resideInANullMarkedPackage() {
        return new ArchCondition<>("reside in a null-marked package") {
            @Override
            public void check(JavaClass candidate, ConditionEvents events) {
                if (!candidate.getPackage().isAnnotatedWith(NullMarked.class)) {
                    events.add(SimpleConditionEvent.violated(
                            candidate, candidate.getName() + ": its package is not @NullMarked"));
                }
            }
        };
    }

    /** Calls and method references alike. */
    private static ArchCondition<JavaClass> access(Predicate<AccessTarget> forbidden) {
        return new ArchCondition<>("access it") {
            @Override
            public void check(JavaClass from, ConditionEvents events) {
                for (JavaAccess<?> access : from.getAccessesFromSelf()) {
                    // The condition is negated by noClasses(), so what it finds counts as satisfied here.
                    if (forbidden.test(access.getTarget())) {
                        events.add(SimpleConditionEvent.satisfied(access, access.getDescription()));
                    }
                }
            }
        };
    }

    private static boolean reachesForTimeOrIds(AccessTarget target) {
        String owner = target.getOwner().getName();
        return switch (target.getName()) {
            case "now" -> owner.startsWith("java.time.") && hasNoClock(target);
            case "system", "systemUTC", "systemDefaultZone", "tickMillis", "tickSeconds", "tickMinutes" ->
                owner.equals("java.time.Clock") || owner.equals("java.time.InstantSource");
            case "currentTimeMillis" -> owner.equals("java.lang.System");
            case "randomUUID" -> owner.equals("java.util.UUID");
            default -> false;
        };
    }

    private static boolean hasNoClock(AccessTarget target) {
        return !(target instanceof AccessTarget.CodeUnitAccessTarget method)
                || method.getRawParameterTypes().stream()
                        .noneMatch(type -> type.getName().equals("java.time.Clock"));
    }

    private static boolean reachesForChance(AccessTarget target) {
        String owner = target.getOwner().getName();
        return switch (target.getName()) {
            // With a seed they say the same each time.
            case "<init>" ->
                owner.equals("java.security.SecureRandom")
                        || (Set.of("java.util.Random", "java.util.SplittableRandom")
                                        .contains(owner)
                                && takes(target, 0));
            case "current" -> owner.equals("java.util.concurrent.ThreadLocalRandom");
            case "random" -> owner.equals("java.lang.Math") || owner.equals("java.lang.StrictMath");
            case "shuffle" -> owner.equals("java.util.Collections") && takes(target, 1);
            case "getDefault", "of", "getInstance", "getInstanceStrong" ->
                owner.equals("java.util.random.RandomGenerator") || owner.equals("java.security.SecureRandom");
            default -> false;
        };
    }

    private static boolean takes(AccessTarget target, int parameters) {
        return target instanceof AccessTarget.CodeUnitAccessTarget method
                && method.getRawParameterTypes().size() == parameters;
    }

    private static boolean sleeps(AccessTarget target) {
        return target.getName().equals("sleep")
                && Set.of("java.lang.Thread", "java.util.concurrent.TimeUnit")
                        .contains(target.getOwner().getName());
    }

    /** The page of errors is no route: it answers only for what others were asked. */
    private static ArchCondition<JavaClass> sayWhoMayCallTheirRoutes() {
        return new ArchCondition<>("say who may call their routes") {
            @Override
            public void check(JavaClass candidate, ConditionEvents events) {
                if (candidate.getRawInterfaces().stream()
                        .anyMatch(type -> type.getSimpleName().equals("ErrorController"))) {
                    return;
                }
                for (JavaMethod method : candidate.getMethods()) {
                    if (isAnnotated(method, MAPPINGS) && !isAnnotated(method, ACCESS)) {
                        events.add(SimpleConditionEvent.violated(
                                method, method.getFullName() + " does not say who may call it"));
                    }
                }
            }
        };
    }

    private static boolean isAnnotated(JavaMethod method, Set<String> annotations) {
        return method.getAnnotations().stream()
                .anyMatch(annotation ->
                        annotations.contains(annotation.getRawType().getName()));
    }

    private static ArchCondition<JavaClass> nameItselfToItsLogger() {
        return new ArchCondition<>("name itself to its logger") {
            @Override
            public void check(JavaClass candidate, ConditionEvents events) {
                candidate.getMethodCallsFromSelf().stream()
                        .filter(call -> call.getTargetOwner().isEquivalentTo(LoggerFactory.class)
                                && call.getTarget().getName().equals("getLogger"))
                        .filter(call -> !namedClasses(call.getOrigin(), call.getLineNumber())
                                .equals(Set.of(candidate.getName())))
                        .forEach(call -> events.add(SimpleConditionEvent.violated(candidate, call.getDescription())));
                candidate.getFields().stream()
                        .filter(field -> field.getRawType().isEquivalentTo(Logger.class))
                        .filter(field -> !field.getModifiers()
                                .containsAll(Set.of(JavaModifier.PRIVATE, JavaModifier.STATIC, JavaModifier.FINAL)))
                        .forEach(field -> events.add(SimpleConditionEvent.violated(
                                candidate, field.getDescription() + " is not private static final")));
            }
        };
    }

    private static Set<String> namedClasses(JavaCodeUnit origin, int line) {
        return origin.getReferencedClassObjects().stream()
                .filter(named -> named.getLineNumber() == line)
                .map(ReferencedClassObject::getRawType)
                .map(JavaClass::getName)
                .collect(Collectors.toSet());
    }

    private static ArchCondition<JavaClass> takeSettingsAsRecords() {
        return new ArchCondition<>("take settings as records") {
            @Override
            public void check(JavaClass candidate, ConditionEvents events) {
                if (candidate.isAnnotatedWith(SETTINGS) && !candidate.isRecord()) {
                    violated(candidate, candidate.getName() + " is no record", events);
                }
                candidate.getFields().stream()
                        .filter(field -> field.isAnnotatedWith(Value.class))
                        .forEach(field -> violated(candidate, field.getDescription(), events));
                for (JavaCodeUnit unit : candidate.getCodeUnits()) {
                    for (JavaParameter parameter : unit.getParameters()) {
                        if (parameter.isAnnotatedWith(Value.class)) {
                            violated(candidate, parameter.getDescription(), events);
                        }
                    }
                    if (unit.isAnnotatedWith(Value.class) || unit.isAnnotatedWith(SETTINGS)) {
                        violated(candidate, unit.getDescription(), events);
                    }
                }
            }
        };
    }

    private static ArchCondition<JavaClass> openTransactionsInCode() {
        return new ArchCondition<>("open transactions in code") {

            private boolean repositoriesOpenNone;

            @Override
            public void init(Collection<JavaClass> all) {
                repositoriesOpenNone = all.stream().anyMatch(HouseRule::keepsRepositoriesFromOpening);
            }

            @Override
            public void check(JavaClass candidate, ConditionEvents events) {
                if (candidate.isAssignableTo(REPOSITORY) && !repositoriesOpenNone) {
                    violated(
                            candidate,
                            candidate.getName()
                                    + " opens a transaction for each call (expected: @EnableJdbcRepositories"
                                    + " with enableDefaultTransactions = false)",
                            events);
                }
                if (opensATransaction(candidate)) {
                    violated(candidate, candidate.getName() + " opens a transaction by annotation", events);
                }
                candidate.getMethods().stream()
                        .filter(HouseRule::opensATransaction)
                        .forEach(method -> violated(
                                candidate, method.getFullName() + " opens a transaction by annotation", events));
                if (candidate.getMethods().stream().anyMatch(method -> method.isAnnotatedWith(LISTENER))) {
                    candidate.getDirectDependenciesFromSelf().stream()
                            .filter(dependency -> dependency
                                    .getTargetClass()
                                    .getPackageName()
                                    .startsWith("org.springframework.transaction"))
                            .forEach(dependency -> violated(
                                    candidate, "listener opens a transaction: " + dependency.getDescription(), events));
                }
            }
        };
    }

    private static boolean keepsRepositoriesFromOpening(JavaClass candidate) {
        return candidate
                .tryGetAnnotationOfType(REPOSITORIES)
                .flatMap(annotation -> annotation.get("enableDefaultTransactions"))
                .map(Boolean.FALSE::equals)
                .orElse(false);
    }

    private static boolean opensATransaction(HasAnnotations<?> candidate) {
        return candidate
                .tryGetAnnotationOfType(TRANSACTIONAL)
                .map(annotation -> annotation
                        .get("propagation")
                        .filter(propagation -> propagation instanceof JavaEnumConstant named
                                && named.name().equals("MANDATORY"))
                        .isEmpty())
                .orElse(false);
    }

    private static void violated(JavaClass candidate, String what, ConditionEvents events) {
        events.add(SimpleConditionEvent.violated(candidate, what));
    }

    private enum Where {
        ROOMS,
        EVERYWHERE,
        TESTS
    }

    private interface ForbiddenDependency {
        boolean test(JavaClass from, JavaClass to);
    }
}
