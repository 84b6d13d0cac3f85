package dev.wonflow.sandbox.receipt.web;

import dev.wonflow.sandbox.receipt.NtsFailure;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/** Reads why the tax office is to refuse. */
public final class Reason {

    private Reason() {}

    /** The reason of this name; TS1 if there is none. */
    public static NtsFailure of(@Nullable String reason) {
        return reason == null
                ? NtsFailure.TS1
                : NtsFailure.named(reason)
                        .orElseThrow(() -> new ResponseStatusException(
                                HttpStatus.BAD_REQUEST,
                                "reason: " + reason + " (expected: one of " + Arrays.toString(NtsFailure.values())
                                        + ")"));
    }
}
