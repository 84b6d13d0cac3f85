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
     * @throws IllegalStateException if both names are set to different values; the message names both and shows neither
     */
    public Optional<String> resolve(PropertyResolver environment) {
        Optional<String> named = read(environment, name);
        Optional<String> aliased = read(environment, alias);
        if (named.isPresent() && aliased.isPresent() && !named.equals(aliased)) {
            throw new IllegalStateException(
                    name + " and " + alias + ": two different values (expected: only one of them set, or both equal)");
        }
        return named.or(() -> aliased);
    }

    /**
     * Reads the value under either name.
     *
     * @throws IllegalStateException if neither name is set, or as {@link #resolve}
     */
    public String require(PropertyResolver environment) {
        return resolve(environment)
                .orElseThrow(() ->
                        new IllegalStateException(name + ": not set (expected: a value; " + alias + " also works)"));
    }

    private static Optional<String> read(PropertyResolver environment, String variable) {
        return Optional.ofNullable(environment.getProperty(variable))
                .map(String::strip)
                .filter(value -> !value.isEmpty());
    }
}
