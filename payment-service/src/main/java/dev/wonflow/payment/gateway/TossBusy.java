package dev.wonflow.payment.gateway;

/** As many calls of a kind are at work as may be at the same time; nothing was asked of Toss, and nothing stored. */
public final class TossBusy extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public TossBusy(Operation operation) {
        super("Toss answers slowly, and takes no further call of this kind: " + operation
                + " (expected: the same request again, shortly)");
    }
}
