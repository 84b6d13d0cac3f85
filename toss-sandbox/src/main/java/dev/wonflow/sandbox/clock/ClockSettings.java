package dev.wonflow.sandbox.clock;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the clock.
 *
 * @param ahead how far ahead of the machine it starts, so that a sandbox goes on beside data that is as far ahead;
 *     negative is behind
 */
@ConfigurationProperties("wonflow.sandbox.clock")
record ClockSettings(@DefaultValue("0s") Duration ahead) {}
