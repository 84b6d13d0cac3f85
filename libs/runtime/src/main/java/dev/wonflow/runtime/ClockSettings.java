package dev.wonflow.runtime;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the clock, for a service on someone's own machine.
 *
 * @param movable Whether the clock can be moved with the endpoint {@code clock}; refused beside a live key and on an
 *     address others can reach
 * @param ahead how far ahead of the machine it starts
 */
@ConfigurationProperties("wonflow.clock")
record ClockSettings(
        @DefaultValue("false") boolean movable,
        @DefaultValue("0s") Duration ahead) {}
