package dev.wonflow.sandbox.merchant;

import java.util.Arrays;
import java.util.stream.Collectors;

/** A version of the API; a merchant is set to one of them. In order of time, so that they can be compared. */
public enum ApiVersion {
    /** The last one without a date: a reversed deposit cancels the payment. */
    V1_4("1.4"),
    /** Without {@code mobilePhone.carrier} and {@code card.provider}; a reversed deposit waits for the next one. */
    V2022_06_08("2022-06-08"),
    /** Issue and cancel of a cash receipt are two objects. */
    V2022_07_27("2022-07-27"),
    /** Institutions are named by two characters only. The one and only version of the widget's keys. */
    V2022_11_16("2022-11-16"),
    /** A billing key no longer says {@code cardCompany} and {@code cardNumber}. */
    V2024_06_01("2024-06-01");

    private final String text;

    ApiVersion(String text) {
        this.text = text;
    }

    /**
     * Finds a version by the text Toss has for it.
     *
     * @throws IllegalArgumentException if the sandbox does not speak it
     */
    public static ApiVersion of(String text) {
        return Arrays.stream(values())
                .filter(version -> version.text.equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("api-version: " + text + " (expected: one of "
                        + Arrays.stream(values()).map(ApiVersion::toString).collect(Collectors.joining(", ")) + ")"));
    }

    /** Whether what changed with the other version holds in this one. */
    public boolean isAtLeast(ApiVersion other) {
        return compareTo(other) >= 0;
    }

    /** The text Toss has for it, such as {@code 2022-11-16}. */
    @Override
    public String toString() {
        return text;
    }
}
