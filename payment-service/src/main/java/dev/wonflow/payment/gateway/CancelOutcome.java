package dev.wonflow.payment.gateway;

/** Everything the call that gives money back can end in. Not knowing is one of the answers, an exception is not. */
public sealed interface CancelOutcome {

    /** Toss answered with the payment as it is now; its cancels tell what has gone back. */
    record Answered(GatewayFinding.Seen seen) implements CancelOutcome {}

    /** Certain: this call gave nothing back, and under its key none ever will. */
    record Declined(Failure failure) implements CancelOutcome {}

    /**
     * Certain of this call that it gave nothing back: Toss holds another sum than the one it was to be taken from.
     * Something has gone back before, perhaps by an earlier call of ours; looking tells.
     */
    record Overtaken(Failure failure) implements CancelOutcome {}

    /**
     * Toss answered, and the money may have gone back or not. Looking tells; until it does nothing is repeated, and
     * then not under the same key, for Toss would repeat this answer.
     */
    record Unclear(String code) implements CancelOutcome {}

    /** No usable answer. Repeated under the same key, once looking has shown that nothing has gone back. */
    record Unknown(String cause) implements CancelOutcome {}

    /**
     * Toss says that there were too many calls, which is not of this refund. Repeated under another key, once looking
     * has shown that nothing has gone back.
     */
    record TooManyCalls(String cause) implements CancelOutcome {}

    /** We asked wrongly: key or contract. Someone must act, and no refund may fail for it. */
    record OurFault(String code) implements CancelOutcome {}
}
