package dev.wonflow.payment.seal;

import java.util.List;
import java.util.UUID;

/** A place where sealed secrets are kept. */
public interface SealedStore {

    /**
     * What became of some of them.
     *
     * @param sealed how many were sealed anew
     * @param unreadable ids of those that do not open, and were left as they are
     * @param last where to go on
     */
    record Step(int sealed, List<UUID> unreadable, UUID last) {

        boolean isAtTheEnd() {
            return sealed == 0 && unreadable.isEmpty();
        }
    }

    /** What they are, for people to read. */
    String contents();

    /** Name of the metric that counts those that are not sealed as they should be. */
    String meter();

    /**
     * Seals anew what is not sealed under the key that counts now, in the order of the ids; in the caller's
     * transaction. Those another instance has in hand are passed over.
     *
     * @param after last of the step before
     * @param limit of how many at most
     */
    Step reseal(UUID after, int limit);

    /** How many are in clear or, if there is something to seal with, under another key than the one that counts now. */
    long sealedUnderOthers();
}
