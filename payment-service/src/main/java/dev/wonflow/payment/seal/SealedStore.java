package dev.wonflow.payment.seal;

/** A place where sealed secrets are kept. */
public interface SealedStore {

    /** What they are, for people to read. */
    String contents();

    /** Name of the metric that counts those that are not sealed as they should be. */
    String meter();

    /**
     * Seals anew what is not sealed under the key that counts now; in the caller's transaction.
     *
     * @return how many, at most {@code limit}; those another instance has in hand are passed over
     */
    int reseal(int limit);

    /** How many are in clear or, if there is something to seal with, under another key than the one that counts now. */
    long sealedUnderOthers();
}
