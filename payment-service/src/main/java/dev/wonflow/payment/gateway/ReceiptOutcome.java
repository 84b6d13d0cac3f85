package dev.wonflow.payment.gateway;

/** Everything a call about a cash receipt can end in. Not knowing is one of the answers, an exception is not. */
public sealed interface ReceiptOutcome {

    /** Toss has passed it on to the tax office. */
    record Answered(ListedReceipt listed) implements ReceiptOutcome {}

    /** Certain: nothing came of this call, and under its key nothing ever will. */
    record Declined(Failure failure) implements ReceiptOutcome {}

    /** The order has a receipt, or there is nothing left to take back; perhaps by an earlier call of ours. */
    record Happened(String code) implements ReceiptOutcome {}

    /** Toss answered, and it may have happened or not. Toss would repeat this answer under the same key. */
    record Unclear(String code) implements ReceiptOutcome {}

    /** No usable answer. Repeated under the same key, once looking has shown that it has not happened. */
    record Unknown(String cause) implements ReceiptOutcome {}

    /** There were too many calls, which is not of this one. */
    record TooManyCalls(String cause) implements ReceiptOutcome {}

    /** We asked wrongly: key or contract. Someone must act, and no request may fail for it. */
    record OurFault(String code) implements ReceiptOutcome {}
}
