package dev.wonflow.payment.gateway;

/** Everything a call that charges can end in. Not knowing is one of the answers, an exception is not. */
public sealed interface ChargeOutcome {

    /** Toss answered with the payment as it is now, which is of the order asked for. */
    record Answered(GatewayFinding.Seen seen) implements ChargeOutcome {}

    /** Certain: this call took no money, and under its order none will be taken. */
    record Declined(Failure failure, Remedy remedy) implements ChargeOutcome {}

    /** Toss has had this order before: perhaps a call of ours whose answer was lost. Looking tells. */
    record Happened(String code) implements ChargeOutcome {}

    /**
     * Toss answered, and the money may have been taken or not. Looking tells; until it does nothing is repeated, and
     * then not under the same key, for Toss would repeat this answer.
     */
    record Unclear(String code) implements ChargeOutcome {}

    /** No usable answer. Repeated under the same key, once looking has shown that nothing was taken. */
    record Unknown(String cause) implements ChargeOutcome {}

    /**
     * Toss says that there were too many calls, which is not of this charge. Repeated under another key, once looking
     * has shown that nothing was taken.
     */
    record TooManyCalls(String cause) implements ChargeOutcome {}

    /** We asked wrongly: key, contract or request. Someone must act, and no charge may fail for it. */
    record OurFault(String code) implements ChargeOutcome {}

    /** What can help after a decline. */
    enum Remedy {
        /** The same card may work on another day; that is another charge. */
        LATER,
        /** Only another card or account. */
        NEW_METHOD,
        /** Nothing: what was asked for can never be charged. */
        NONE
    }
}
