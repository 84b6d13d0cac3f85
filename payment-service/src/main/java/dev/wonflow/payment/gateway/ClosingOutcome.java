package dev.wonflow.payment.gateway;

/** Everything the call that closes a virtual account can end in. */
public sealed interface ClosingOutcome {

    /** Toss answered with the payment as it is now. */
    record Answered(GatewayFinding.Seen seen) implements ClosingOutcome {}

    /** Toss answered and did not close it. A deposit may have come; asking tells. */
    record Refused(String code) implements ClosingOutcome {}

    /** No usable answer. Repeated under the same key, if the account still waits. */
    record Unknown(String cause) implements ClosingOutcome {}
}
