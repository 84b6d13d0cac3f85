package dev.wonflow.testsupport;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How a service is laid out: a package for each noun, and below it its adapters. An adapter is any package whose
 * classes know a transport; no list of names says so. Classes that wire a service together know both sides and count
 * for neither.
 */
final class Rooms {

    private Rooms() {}

    /** A noun is a package right below the root, with all below it; the root's own classes are shared by all. */
    static ArchRule nounsAreFreeOfCycles(String root) {
        return slices().matching(root + ".(*)..").should().beFreeOfCycles();
    }

    static ArchCondition<JavaClass> adaptersLieBelowTheirNoun(String root) {
        return new AdaptersLieBelowTheirNoun(root);
    }

    static ArchCondition<JavaClass> nounsDoNotKnowAdapters() {
        return new NounsDoNotKnowAdapters();
    }

    static ArchCondition<JavaClass> adaptersOfOtherKindsAreLeftAlone() {
        return new AdaptersOfOtherKindsAreLeftAlone();
    }

    /** What carries a service's words. */
    private enum Transport {
        HTTP("org.springframework.web.", "org.springframework.http.", "jakarta.servlet.", "java.net.http."),
        KAFKA("org.springframework.kafka.", "org.apache.kafka."),
        SQL("org.springframework.jdbc.", "java.sql.", "javax.sql.", "org.postgresql."),
        WAL("io.debezium."),
        JSON("tools.jackson.", "com.fasterxml.jackson.annotation.");

        @SuppressWarnings("ImmutableEnumChecker") // Made by List.of.
        private final List<String> packages;

        Transport(String... packages) {
            this.packages = List.of(packages);
        }

        static Set<Transport> knownTo(JavaClass candidate) {
            Set<Transport> known = EnumSet.noneOf(Transport.class);
            for (Dependency dependency : candidate.getDirectDependenciesFromSelf()) {
                String target = dependency.getTargetClass().getName();
                for (Transport transport : values()) {
                    if (transport.packages.stream().anyMatch(target::startsWith)) {
                        known.add(transport);
                    }
                }
            }
            return known;
        }
    }

    /** A condition that tells adapters from nouns by what their classes know. */
    private abstract static class RoomCondition extends ArchCondition<JavaClass> {

        private final Map<String, Set<Transport>> packages = new HashMap<>();

        RoomCondition(String description) {
            super(description);
        }

        @Override
        public void init(Collection<JavaClass> classes) {
            packages.clear();
            for (JavaClass candidate : classes) {
                if (candidate.getSimpleName().equals("package-info")) {
                    continue;
                }
                Set<Transport> known =
                        HouseRule.isWiring(candidate) ? EnumSet.noneOf(Transport.class) : Transport.knownTo(candidate);
                packages.computeIfAbsent(candidate.getPackageName(), _ -> EnumSet.noneOf(Transport.class))
                        .addAll(known);
            }
        }

        final boolean isAdapter(String name) {
            return !packages.getOrDefault(name, Set.of()).isEmpty();
        }

        final boolean isNoun(String name) {
            return packages.containsKey(name) && !isAdapter(name);
        }

        final Set<String> packageNames() {
            return packages.keySet();
        }

        /** The transports of a package; JSON, which others carry, only where it is the one. */
        final Set<Transport> kind(String name) {
            Set<Transport> kind = EnumSet.noneOf(Transport.class);
            kind.addAll(packages.getOrDefault(name, Set.of()));
            if (kind.size() > 1) {
                kind.remove(Transport.JSON);
            }
            return kind;
        }
    }

    /** In a service of one noun that noun is the root. */
    private static final class AdaptersLieBelowTheirNoun extends RoomCondition {

        private final String root;

        AdaptersLieBelowTheirNoun(String root) {
            super("lie below their noun if they are adapters");
            this.root = root;
        }

        @Override
        public void check(JavaClass candidate, ConditionEvents events) {
            String home = candidate.getPackageName();
            if (HouseRule.isWiring(candidate) || Transport.knownTo(candidate).isEmpty() || isBelowANoun(home)) {
                return;
            }
            events.add(SimpleConditionEvent.violated(
                    candidate,
                    candidate.getName() + " knows " + Transport.knownTo(candidate) + " and lies below no noun"));
        }

        private boolean isBelowANoun(String name) {
            for (String parent = parent(name); parent.length() > root.length(); parent = parent(parent)) {
                if (isNoun(parent)) {
                    return true;
                }
            }
            return isOnlyNoun() && parent(name).equals(root);
        }

        private boolean isOnlyNoun() {
            return isNoun(root) && packageNames().stream().noneMatch(name -> !name.equals(root) && isNoun(name));
        }

        private static String parent(String name) {
            return name.substring(0, Math.max(0, name.lastIndexOf('.')));
        }
    }

    private static final class NounsDoNotKnowAdapters extends RoomCondition {

        NounsDoNotKnowAdapters() {
            super("not know adapters if they are of a noun");
        }

        @Override
        public void check(JavaClass candidate, ConditionEvents events) {
            if (HouseRule.isWiring(candidate) || isAdapter(candidate.getPackageName())) {
                return;
            }
            candidate.getDirectDependenciesFromSelf().stream()
                    .filter(dependency -> isAdapter(dependency.getTargetClass().getPackageName()))
                    .forEach(dependency ->
                            events.add(SimpleConditionEvent.violated(candidate, dependency.getDescription())));
        }
    }

    private static final class AdaptersOfOtherKindsAreLeftAlone extends RoomCondition {

        AdaptersOfOtherKindsAreLeftAlone() {
            super("leave adapters of other kinds alone");
        }

        @Override
        public void check(JavaClass candidate, ConditionEvents events) {
            if (HouseRule.isWiring(candidate)) {
                return;
            }
            Set<Transport> kind = kind(candidate.getPackageName());
            if (kind.size() > 1) {
                events.add(SimpleConditionEvent.violated(
                        candidate, candidate.getName() + " lies in an adapter of more than one kind: " + kind));
            }
            candidate.getDirectDependenciesFromSelf().stream()
                    .filter(dependency -> isOfAnotherKind(
                            kind, kind(dependency.getTargetClass().getPackageName())))
                    .forEach(dependency ->
                            events.add(SimpleConditionEvent.violated(candidate, dependency.getDescription())));
        }

        private static boolean isOfAnotherKind(Set<Transport> mine, Set<Transport> other) {
            return !mine.isEmpty() && !other.isEmpty() && !mine.equals(other);
        }
    }
}
