package dev.wonflow.testsupport;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;

/** Compares the settings that a service's README lists with those that the service and its libraries bind. */
public final class ListedSettings {

    private static final Pattern SECTION = Pattern.compile("(?ms)^## Settings$(.*?)(?=^## |\\z)");

    /** A whole name, a group of them such as {@code wonflow.relay.*}, or the end that differs from the name before. */
    private static final Pattern NAME = Pattern.compile("`(wonflow\\.[a-z][a-z0-9.*\\[\\]-]*|\\.[a-z][a-z0-9.-]*)`");

    private ListedSettings() {}

    /**
     * Fails on a setting of a record on the class path that is not listed, by itself or with its group, and on one that
     * is listed and in no record.
     */
    public static void check(Path readme) throws IOException {
        Set<String> bound = bound();
        Set<String> listed = listed(Files.readString(readme));

        assertThat(unlisted(bound, listed))
                .as("settings that %s does not list", readme)
                .isEmpty();
        assertThat(unbound(bound, listed))
                .as("settings that %s lists and nothing binds", readme)
                .isEmpty();
    }

    static Set<String> unlisted(Set<String> bound, Set<String> listed) {
        return bound.stream()
                .filter(setting -> listed.stream().noneMatch(name -> covers(name, setting)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    static Set<String> unbound(Set<String> bound, Set<String> listed) {
        return listed.stream()
                .filter(name -> bound.stream().noneMatch(setting -> covers(name, setting)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean covers(String name, String setting) {
        return name.endsWith(".*") ? setting.startsWith(name.substring(0, name.length() - 1)) : setting.equals(name);
    }

    /** The names in the section about settings, each whole. */
    static Set<String> listed(String readme) {
        Matcher section = SECTION.matcher(readme);
        Set<String> names = new TreeSet<>();
        while (section.find()) {
            String family = "";
            for (Matcher name = NAME.matcher(section.group(1)); name.find(); ) {
                String text = name.group(1);
                if (text.startsWith(".")) {
                    names.add(family + text);
                } else {
                    names.add(text);
                    family = text.substring(0, text.lastIndexOf('.'));
                }
            }
        }
        return names;
    }

    private static Set<String> bound() {
        Set<String> names = HouseRules.importPackages("dev.wonflow")
                .that(describe(
                        "bind settings",
                        candidate -> !HouseRules.isTest(candidate)
                                && candidate.isAnnotatedWith(ConfigurationProperties.class)))
                .stream()
                .map(JavaClass::reflect)
                .flatMap(settings -> namesIn(
                        settings,
                        settings.getAnnotation(ConfigurationProperties.class).value() + "."))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(names).as("settings on the class path").isNotEmpty();
        return names;
    }

    static Stream<String> namesIn(Class<?> settings, String prefix) {
        return Arrays.stream(settings.getRecordComponents()).flatMap(component -> names(component, prefix));
    }

    private static Stream<String> names(RecordComponent component, String prefix) {
        String name = prefix + DataObjectPropertyName.toDashedForm(component.getName());
        if (component.getType().isRecord()) {
            return namesIn(component.getType(), name + ".");
        }
        if (component.getGenericType() instanceof ParameterizedType many) {
            for (Type of : many.getActualTypeArguments()) {
                if (of instanceof Class<?> each && each.isRecord()) {
                    return namesIn(each, name + "[n].");
                }
            }
        }
        return Stream.of(name);
    }
}
