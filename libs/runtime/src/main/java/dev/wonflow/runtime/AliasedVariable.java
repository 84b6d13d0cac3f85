package dev.wonflow.runtime;

import java.util.Optional;
import org.springframework.core.env.PropertyResolver;

/**
 * An environment variable known under two names, because two teams named it differently.
 *
 * @param name the name the documentation uses
 * @param alias the other accepted name
 */
public record AliasedVariable(String name, String alias) {

    /**
     * Reads the value under either name; blank counts as not set.
     *
     * @throws StartRefused if both names are set to different values; the message names both and shows neither
     */
    public Optional<String> resolve(PropertyResolver environment) {
        Optional<String> named = read(environment, name);
        Optional<String> aliased = read(environment, alias);
        if (named.isPresent() && aliased.isPresent() && !named.equals(aliased)) {
            throw new StartRefused(
                    name + " and " + alias + ": two different values (expected: only one of them set, or both equal)",
                    "Remove the one that is out of date; " + name + " is the name the documentation uses.");
        }
        return named.or(() -> aliased);
    }

    /**
     * Reads the value under either name.
     *
     * @throws StartRefused if neither name is set, or as {@link #resolve}
     */
    public String require(PropertyResolver environment) {
        return resolve(environment)
                .orElseThrow(() -> new StartRefused(
                        name + ": not set (expected: a value; " + alias + " also works)", "Set " + name + "."));
    }

    private static Optional<String> read(PropertyResolver environment, String variable) {
        return Optional.ofNullable(environment.getProperty(variable))
                .map(String::strip)
                .filter(value -> !value.isEmpty());
    }
}
