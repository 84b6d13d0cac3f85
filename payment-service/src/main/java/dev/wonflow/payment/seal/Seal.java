package dev.wonflow.payment.seal;

import java.util.Optional;

/** Seals under the first key of a keyset, and opens with any of its keys. */
public interface Seal {

    /**
     * Seals a secret for its owner; for nobody else can it be opened.
     *
     * @throws IllegalStateException if it is not set up
     */
    byte[] seal(String secret, Owner owner);

    /**
     * Opens one. Empty if it was sealed under a key that is not there any more, for something else, or changed.
     *
     * @throws IllegalStateException if it is not set up
     */
    Optional<String> open(byte[] sealed, Owner owner);

    /**
     * Number of the key that seals now.
     *
     * @throws IllegalStateException if it is not set up
     */
    int sealsUnder();

    /** Whether there is something to seal with. */
    boolean isSetUp();
}
