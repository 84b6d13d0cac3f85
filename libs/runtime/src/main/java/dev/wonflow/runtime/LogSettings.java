package dev.wonflow.runtime;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of what a service may write to its log.
 *
 * @param burst lines a logger may write at once after a silence, and as many errors
 * @param linesPerSecond lines a logger may write for as long as it likes, and as many errors
 * @param reportInterval how often it is told how many lines were withheld
 */
@ConfigurationProperties("wonflow.log")
record LogSettings(
        @DefaultValue("200") int burst,
        @DefaultValue("5") int linesPerSecond,
        @DefaultValue("10s") Duration reportInterval) {

    LogSettings {
        if (burst < 1) {
            throw new IllegalArgumentException("wonflow.log.burst: " + burst + " (expected: 1 or more)");
        }
        if (linesPerSecond < 1) {
            throw new IllegalArgumentException(
                    "wonflow.log.lines-per-second: " + linesPerSecond + " (expected: 1 or more)");
        }
        if (!reportInterval.isPositive()) {
            throw new IllegalArgumentException(
                    "wonflow.log.report-interval: " + reportInterval + " (expected: more than 0)");
        }
    }
}
