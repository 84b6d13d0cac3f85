package dev.wonflow.sandbox.payout;

import dev.wonflow.sandbox.error.Refused;
import dev.wonflow.sandbox.error.TossError;
import java.util.Map;

/** The limits of what a merchant may attach to a seller or a payout. */
final class Metadata {

    private static final int MOST_PAIRS = 5;
    private static final int LONGEST_KEY = 40;
    private static final int LONGEST_VALUE = 500;

    private Metadata() {}

    static void check(Map<String, String> metadata) {
        boolean valid = metadata.size() <= MOST_PAIRS
                && metadata.entrySet().stream()
                        .allMatch(pair -> pair.getKey().length() <= LONGEST_KEY
                                && !pair.getKey().contains("[")
                                && !pair.getKey().contains("]")
                                && pair.getValue().length() <= LONGEST_VALUE);
        if (!valid) {
            throw new Refused(TossError.INVALID_REQUEST);
        }
    }
}
