package dev.wonflow.runtime;

import java.util.Arrays;
import java.util.Optional;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;

/** A key of Toss with which real money moves, among the settings of a service. */
public final class LiveKey {

    private static final String BEGINNING = "live_";

    private LiveKey() {}

    /**
     * Looks at every setting there is: a key may have more names than anybody knows.
     *
     * @return the name of a setting that holds one; never the key
     */
    public static Optional<String> in(ConfigurableEnvironment environment) {
        return environment.getPropertySources().stream()
                .filter(EnumerablePropertySource.class::isInstance)
                .map(EnumerablePropertySource.class::cast)
                .flatMap(source -> Arrays.stream(source.getPropertyNames()))
                .filter(name -> isOne(environment, name))
                .findFirst();
    }

    private static boolean isOne(ConfigurableEnvironment environment, String name) {
        try {
            String value = environment.getProperty(name);
            return value != null && value.strip().startsWith(BEGINNING);
        } catch (IllegalArgumentException _) {
            // A text with a gap that nothing fills, so nobody can use it as a key.
            return false;
        }
    }
}
