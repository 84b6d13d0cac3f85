package dev.wonflow.webhook;

import org.jspecify.annotations.Nullable;

/** A request that was not kept, and why. */
public final class WebhookRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Refusal refusal;

    public WebhookRefused(Refusal refusal, String detail) {
        this(refusal, detail, null);
    }

    /** Refuses because of another failure; the detail is for the answer: no secret, nothing of the body. */
    public WebhookRefused(Refusal refusal, String detail, @Nullable Throwable cause) {
        // Without a stack trace: anybody can cause these, as fast as their line allows.
        super(detail, cause, false, false);
        this.refusal = refusal;
    }

    public Refusal refusal() {
        return refusal;
    }

    /** What the answer says; never {@code null}. */
    public String detail() {
        return String.valueOf(getMessage());
    }
}
