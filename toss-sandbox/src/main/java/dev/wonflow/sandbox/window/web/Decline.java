package dev.wonflow.sandbox.window.web;

import dev.wonflow.sandbox.error.TossError;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** A code a buyer can have an authentication declined with. */
record Decline(String code, String message) {

    /** Every definite decline, the most usual first. */
    static List<Decline> list(Locale locale) {
        return Arrays.stream(TossError.values())
                .filter(TossError::isDecline)
                .sorted(Comparator.comparing(code -> code != TossError.REJECT_CARD_COMPANY))
                .map(code -> new Decline(code.name(), code.message(locale)))
                .toList();
    }
}
