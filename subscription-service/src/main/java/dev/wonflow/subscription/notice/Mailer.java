package dev.wonflow.subscription.notice;

/** Writes and sends mails. */
public interface Mailer {

    /** What a mail server said; its words are at most 500 characters. */
    sealed interface Answer {

        /** It has the mail. */
        record Accepted() implements Answer {}

        /** It does not want it for this address, and asking again will not help. */
        record Refused(String reply) implements Answer {}

        /** It does not want this mail for now. */
        record NotNow(String reply) implements Answer {}
    }

    /**
     * Sends a notice. A repeat has the same Message-ID.
     *
     * @throws RuntimeException if no server could be asked, or it was not this mail that was refused
     */
    Answer send(ToldNotice notice, BillingContact contact);
}
