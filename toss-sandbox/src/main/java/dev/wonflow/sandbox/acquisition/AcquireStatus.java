package dev.wonflow.sandbox.acquisition;

/** How far a card company got with collecting the money of a payment (매입). */
public enum AcquireStatus {
    /** Not asked for yet; a cancel of all of it leaves nothing to ask for. */
    READY,
    REQUESTED,
    COMPLETED,
    /** The money is on its way back. */
    CANCEL_REQUESTED,
    CANCELED
}
