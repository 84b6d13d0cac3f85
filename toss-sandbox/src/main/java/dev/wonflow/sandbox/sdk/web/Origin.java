package dev.wonflow.sandbox.sdk.web;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Origins as browsers write them; anything else must not get into a header of ours. */
final class Origin {

    private static final Pattern ORIGIN = Pattern.compile("https?://[A-Za-z0-9.:\\[\\]-]{1,255}");

    private Origin() {}

    static boolean isOne(@Nullable String text) {
        return text != null && ORIGIN.matcher(text).matches();
    }
}
