package dev.wonflow.runtime;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;

/** Tells from its settings whether a service moves real money, so that nothing made for practice runs beside it. */
public final class RealMoney {

    private static final String LIVE_KEY = "live_";
    private static final String STAGE = "wonflow.stage";
    private static final String PRODUCTION = "production";
    private static final Set<String> STAGES = Set.of("", "local", "preview", PRODUCTION);

    private RealMoney() {}

    /**
     * Looks at every setting there is: a live key of Toss may have more names than anybody knows.
     *
     * @throws StartRefused if the stage has a name nobody knows, which could be meant for production
     * @return what says so, such as {@code beside a live key in TOSS_SECRET_KEY}; never the key
     */
    public static Optional<String> signOf(ConfigurableEnvironment environment) {
        return environment.getPropertySources().stream()
                .filter(EnumerablePropertySource.class::isInstance)
                .map(EnumerablePropertySource.class::cast)
                .flatMap(source -> Arrays.stream(source.getPropertyNames()))
                .filter(name -> value(environment, name).startsWith(LIVE_KEY))
                .findFirst()
                .map(name -> "beside a live key in " + name)
                .or(() -> isProduction(environment) ? Optional.of("in stage " + PRODUCTION) : Optional.empty());
    }

    private static boolean isProduction(ConfigurableEnvironment environment) {
        String stage = value(environment, STAGE).toLowerCase(Locale.ROOT);
        if (!STAGES.contains(stage)) {
            throw new StartRefused(
                    STAGE + ": another one (expected: local, preview or production)", "Correct WONFLOW_STAGE.");
        }
        return stage.equals(PRODUCTION);
    }

    private static String value(ConfigurableEnvironment environment, String name) {
        try {
            return environment.getProperty(name, "").strip();
        } catch (IllegalArgumentException _) {
            // A text with a gap that nothing fills, so nobody can use it.
            return "";
        }
    }
}
