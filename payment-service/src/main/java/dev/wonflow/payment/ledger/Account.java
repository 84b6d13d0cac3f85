package dev.wonflow.payment.ledger;

import dev.wonflow.money.Money;
import java.util.Optional;

/** The chart of accounts. Stored by name, so a renamed constant needs a migration. */
public enum Account {
    /** What Toss has taken for us and not paid out yet. */
    PG_RECEIVABLE(Side.DEBIT),
    /** What buyers have paid and Toss has not settled yet. */
    CUSTOMER_CLEARING(Side.CREDIT),
    /** What has to go back to buyers, such as money for an order that was called off. */
    REFUNDS_PAYABLE(Side.CREDIT),
    /** What Toss keeps for its work, without VAT. */
    FEES(Side.DEBIT),
    /** The VAT on those fees, which the merchant gets back from the tax office. */
    VAT_ON_FEES(Side.DEBIT),
    /** What Toss has paid out to the merchant. */
    PAYOUTS(Side.DEBIT),
    /** What Toss has settled: turnover, for the merchant's own books to take over. */
    REVENUE_CLEARING(Side.CREDIT),
    /** What nobody can explain yet, and money that does not count for its order until it has gone back. */
    SUSPENSE(Side.DEBIT);

    private final Side grows;

    Account(Side grows) {
        this.grows = grows;
    }

    /** The posting that takes the account from one balance to another; empty if they are the same. */
    Optional<Posting> move(Money from, Money to) {
        if (from.equals(to)) {
            return Optional.empty();
        }
        return Optional.of(
                from.isLessThan(to)
                        ? new Posting(this, grows, to.minus(from))
                        : new Posting(this, grows.other(), from.minus(to)));
    }
}
