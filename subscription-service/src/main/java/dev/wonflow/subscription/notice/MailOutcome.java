package dev.wonflow.subscription.notice;

import org.jspecify.annotations.Nullable;

/** How it ended with a mail. */
public enum MailOutcome {
    /** The mail server has it. */
    SENT,
    /** The mail server does not want it for this address, and will not. */
    REFUSED,
    /** The tenant told no contact. */
    NO_ADDRESS;

    /**
     * An outcome with what the server said about it.
     *
     * @param reply null where it said nothing that has to be kept
     */
    public record WithReply(MailOutcome outcome, @Nullable String reply) {}

    WithReply withoutReply() {
        return new WithReply(this, null);
    }
}
