package dev.wonflow.sandbox.control;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the controls.
 *
 * @param announce Whether to print addresses and keys once the sandbox is ready
 * @param browserHosts names under which a browser may reach the controls besides {@code localhost} and addresses in
 *     numbers, such as {@code toss-sandbox} in a network of containers
 */
@ConfigurationProperties("wonflow.sandbox")
public record ControlSettings(
        @DefaultValue("false") boolean announce,
        @DefaultValue List<String> browserHosts) {

    public ControlSettings {
        browserHosts = List.copyOf(browserHosts);
    }
}
