package dev.wonflow.sandbox;

import dev.wonflow.sandbox.assumption.Assumptions;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Assumptions for what is tried without HTTP. */
public final class Assumed {

    private Assumed() {}

    /** The usual ones, but for settings such as {@code server-errors-kept=false}. */
    public static Assumptions with(String... settings) {
        Map<String, String> properties = new HashMap<>();
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            properties.put(
                    "wonflow.sandbox.assumptions." + setting.substring(0, equals), setting.substring(equals + 1));
        }
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("wonflow.sandbox.assumptions", Assumptions.class);
    }
}
