package dev.wonflow.subscription.plan;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What a plan allows, for the product to enforce.
 *
 * @param features names of what is switched on; at most 100
 * @param quotas how much of what, by name; at most 100
 */
public record PlanLimits(List<String> features, Map<String, Long> quotas) {

    public static final PlanLimits NONE = new PlanLimits(List.of(), Map.of());

    private static final int MOST = 100;

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,49}");

    /** Keeps the quotas in the order of their names. */
    public PlanLimits {
        features = List.copyOf(features);
        quotas = Collections.unmodifiableMap(new TreeMap<>(quotas));
        if (features.size() > MOST || quotas.size() > MOST) {
            throw new IllegalArgumentException("limits: " + features.size() + " features, " + quotas.size()
                    + " quotas (expected: at most " + MOST + " of each)");
        }
        features.forEach(PlanLimits::requireName);
        quotas.forEach((name, quota) -> {
            requireName(name);
            if (quota < 0) {
                throw new IllegalArgumentException("quota " + name + ": " + quota + " (expected: 0 or more)");
            }
        });
    }

    private static void requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("limit: " + name + " (expected: " + NAME + ")");
        }
    }
}
