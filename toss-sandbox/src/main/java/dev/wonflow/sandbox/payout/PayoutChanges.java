package dev.wonflow.sandbox.payout;

/** Who is told that a seller or a payout took a step. */
public interface PayoutChanges {

    /** Takes note of a seller in its new state, after it can be seen by others. */
    void moved(Seller seller);

    /** Takes note of a payout in its new state, after it can be seen by others. */
    void moved(Payout payout);
}
