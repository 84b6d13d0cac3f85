package dev.wonflow.local.demo;

/** What the demo plays, and what has to come of it. */
public enum Scenario {
    SUCCESS("the buyer pays", "order confirmed, payment paid"),
    BUYER_CANCELS("the buyer closes the window", "order cancelled, payment canceled"),
    DECLINE("the card is declined", "order pending, failure recorded"),
    THREE_WEBHOOKS("the same webhook three times", "three stored, one effect"),
    LOST_ANSWER("Toss's answer is lost", "unknown, then confirmed"),
    PARTIAL_REFUND("a part is refunded", "order confirmed, part refunded"),
    FULL_REFUND("all of it is refunded", "order cancelled, payment refunded"),
    DEPOSIT("a deposit is taken back", "confirmed, then on hold"),
    ACCOUNT("an account without a window", "opened once, paid by a deposit"),
    RECEIPT("a cash receipt, and a refund", "issued, and a part taken back"),
    CHARGE("a registered card is charged", "charged once, command repeated"),
    TRIAL("a trial ends, two weeks on", "trialing, then charged"),
    RENEWAL("two months go by", "renewed and charged twice"),
    DUNNING("a renewal is declined", "past due, then paid and active"),
    CANCELLATION("it is cancelled", "ended, charged no more");

    private final String title;
    private final String expected;

    Scenario(String title, String expected) {
        this.title = title;
        this.expected = expected;
    }

    /** What happens. */
    public String title() {
        return title;
    }

    /** What has to come of it. */
    public String expected() {
        return expected;
    }
}
