package dev.wonflow.payment.refund;

/** A word on a refund that counts for nothing; the refund is as it was. */
public final class ApprovalRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Reason reason;

    ApprovalRefused(Reason reason, Refund refund) {
        super("refund " + refund.id() + " is " + refund.status().text() + ": " + reason.text);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** Why. */
    public enum Reason {
        NOT_NEEDED("nobody has to agree to it (expected: awaiting_approval)"),
        DECIDED("that was decided otherwise before (expected: awaiting_approval)"),
        SAME_PERSON("the caller asked for it (expected: the word of another person)");

        private final String text;

        Reason(String text) {
            this.text = text;
        }
    }
}
