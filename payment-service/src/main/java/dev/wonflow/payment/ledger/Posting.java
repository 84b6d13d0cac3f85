package dev.wonflow.payment.ledger;

import dev.wonflow.money.Money;

/**
 * One line of an entry.
 *
 * @param amount more than 0
 */
public record Posting(Account account, Side side, Money amount) {

    public Posting {
        if (amount.isZero()) {
            throw new IllegalArgumentException("posting to " + account + ": " + amount + " (expected: more than 0)");
        }
    }

    /** The amount in won as it is stored: a debit is positive, a credit negative. */
    public long signedWon() {
        return side == Side.DEBIT ? amount.won() : -amount.won();
    }
}
