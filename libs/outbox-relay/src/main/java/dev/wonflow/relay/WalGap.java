package dev.wonflow.relay;

/** Part of the log did not come through the slot, so the outbox table has to be republished. */
final class WalGap extends RuntimeException {

    private static final long serialVersionUID = 1L;

    WalGap(String what) {
        super(what);
    }
}
