package dev.wonflow.payment.stray;

import java.util.UUID;

/** Identity of a stray capture; minted by us before the first write. */
public record StrayCaptureId(UUID value) {

    @Override
    public String toString() {
        return value.toString();
    }
}
