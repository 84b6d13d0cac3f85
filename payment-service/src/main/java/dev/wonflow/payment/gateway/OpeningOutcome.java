package dev.wonflow.payment.gateway;

/** Everything the call that has a virtual account opened can end in. Not knowing is one of the answers. */
public sealed interface OpeningOutcome {

    /** Toss answered with a payment, which nobody has compared with the one asked for yet. */
    record Answered(GatewayFinding.Seen seen) implements OpeningOutcome {}

    /** Certain: this call has opened no account, and under its key none will be. */
    record Declined(Failure failure) implements OpeningOutcome {}

    /** The same, and it is ours: key, contract or request. Someone must act. */
    record OurFault(Failure failure) implements OpeningOutcome {}

    /** Toss has had this order before: perhaps a call of ours whose answer was lost. Looking tells. */
    record Happened(Failure failure) implements OpeningOutcome {}

    /**
     * Toss answered, and there may be an account or not. Looking tells; until it does nothing is repeated, and then not
     * under the same key, for Toss would repeat this answer.
     */
    record Unclear(String code) implements OpeningOutcome {}

    /** No usable answer. Repeated under the same key, once looking has shown that there is no account. */
    record Unknown(String cause) implements OpeningOutcome {}
}
