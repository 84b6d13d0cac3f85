package dev.wonflow.sandbox.window.web;

import dev.wonflow.sandbox.error.TossError;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A code a buyer can have an authentication declined with. */
record Decline(String code, String message) {

    private static final List<TossError> USUAL = List.of(TossError.REJECT_CARD_COMPANY, TossError.PAY_PROCESS_ABORTED);

    /** What a window reports most, and then every definite decline. */
    static List<Decline> list(Locale locale) {
        return Stream.concat(USUAL.stream(), Arrays.stream(TossError.values()).filter(TossError::isDecline))
                .distinct()
                .map(code -> new Decline(code.name(), code.message(locale)))
                .toList();
    }
}
