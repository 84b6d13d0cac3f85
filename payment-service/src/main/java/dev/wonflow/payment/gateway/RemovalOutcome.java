package dev.wonflow.payment.gateway;

/** Everything the call that has Toss forget a billing key can end in. */
public sealed interface RemovalOutcome {

    /** Toss has no such key, now or since before. */
    record Gone() implements RemovalOutcome {}

    /** No usable answer; ask again later. */
    record Unknown(String cause) implements RemovalOutcome {}

    /** We asked wrongly; someone must act. */
    record OurFault(String code) implements RemovalOutcome {}
}
