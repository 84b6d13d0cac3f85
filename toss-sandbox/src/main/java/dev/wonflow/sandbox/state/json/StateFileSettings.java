package dev.wonflow.sandbox.state.json;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the state on disk.
 *
 * @param stateFile where the state is kept; nowhere unless given
 * @param stateSaveEvery how often it is saved if anything changed, in real time; it is saved at every stop besides
 */
@ConfigurationProperties("wonflow.sandbox")
record StateFileSettings(
        @Nullable Path stateFile, @DefaultValue("5s") Duration stateSaveEvery) {

    StateFileSettings {
        if (!stateSaveEvery.isPositive()) {
            throw new IllegalArgumentException(
                    "wonflow.sandbox.state-save-every: " + stateSaveEvery + " (expected: > 0)");
        }
    }
}
