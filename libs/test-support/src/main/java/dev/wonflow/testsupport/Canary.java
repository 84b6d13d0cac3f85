package dev.wonflow.testsupport;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A secret that is recognised wherever it turns up: in clear, in base64 whatever stands before it, in hexadecimal
 * digits, and in hexadecimal digits of base64, as PostgreSQL shows bytes.
 */
public final class Canary {

    private static final int LEAST_LENGTH = 12;
    private static final int BYTE_BITS = 8;
    private static final int DIGIT_BITS = 6;
    private static final int SHOWN_CHARACTERS = 60;

    private final String name;
    private final Set<String> forms = new HashSet<>();

    /**
     * Makes one.
     *
     * @param value ASCII, and long enough not to be met by chance
     */
    public Canary(String name, String value) {
        if (value.length() < LEAST_LENGTH) {
            throw new IllegalArgumentException(
                    name + ": " + value.length() + " characters (expected: " + LEAST_LENGTH + " or more)");
        }
        this.name = name;
        addWithHex(value);
        for (int before = 0; before < Integer.BYTES - 1; before++) {
            byte[] bytes = (" ".repeat(before) + value).getBytes(StandardCharsets.US_ASCII);
            // Digits that hold bits of what stands before or behind are left out.
            int from = Math.ceilDiv(before * BYTE_BITS, DIGIT_BITS);
            int to = bytes.length * BYTE_BITS / DIGIT_BITS;
            addWithHex(Base64.getEncoder().encodeToString(bytes).substring(from, to));
            addWithHex(Base64.getUrlEncoder().encodeToString(bytes).substring(from, to));
        }
    }

    private void addWithHex(String form) {
        byte[] bytes = form.getBytes(StandardCharsets.US_ASCII);
        forms.add(form);
        forms.add(HexFormat.of().formatHex(bytes));
        forms.add(HexFormat.of().withUpperCase().formatHex(bytes));
    }

    public String name() {
        return name;
    }

    /** Whether a text has it, in any of its forms. */
    public boolean isIn(String text) {
        return forms.stream().anyMatch(text::contains);
    }

    /**
     * Those that are in some of the texts: the name of each, and how the text begins. What was found is not shown, for
     * it is long.
     *
     * @param place what the texts are of
     */
    public static Set<String> found(Collection<Canary> canaries, String place, List<String> texts) {
        Set<String> found = new TreeSet<>();
        for (String text : texts) {
            for (Canary canary : canaries) {
                if (canary.isIn(text)) {
                    found.add(canary.name() + " in " + place + ": "
                            + text.substring(0, Math.min(SHOWN_CHARACTERS, text.length())));
                }
            }
        }
        return found;
    }
}
