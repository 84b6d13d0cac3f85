package dev.wonflow.sandbox.exchange.web;

/** A call that ends without any answer having been made. */
final class AnswerLost extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean outOfTime;

    /**
     * Ends the call.
     *
     * @param outOfTime whether the books were put back while the call waited, so that it belongs to no time any more
     */
    AnswerLost(boolean outOfTime) {
        super("answer lost", null, false, false);
        this.outOfTime = outOfTime;
    }

    boolean isOutOfTime() {
        return outOfTime;
    }
}
