package dev.wonflow.payment.seal;

import org.jspecify.annotations.Nullable;

/**
 * What is sealed with. Cannot be printed.
 *
 * @param setting name of the setting it comes from
 * @param json a keyset of Tink; {@code null} or blank if there is none
 */
public record Keyset(String setting, @Nullable String json) {

    @Override
    public String toString() {
        return "Keyset[setting=" + setting + ", json=***]";
    }
}
