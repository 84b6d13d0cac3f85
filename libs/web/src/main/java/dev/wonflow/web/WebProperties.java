package dev.wonflow.web;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the edge.
 *
 * @param maxBody Largest request body; 0 leaves bodies alone, for a service that limits them itself
 */
@ConfigurationProperties("wonflow.web")
record WebProperties(@DefaultValue("64KB") DataSize maxBody) {

    WebProperties {
        if (maxBody.isNegative()) {
            throw new IllegalArgumentException("wonflow.web.max-body: " + maxBody + " (expected: 0 or more)");
        }
    }
}
