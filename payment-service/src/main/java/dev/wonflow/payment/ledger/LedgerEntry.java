package dev.wonflow.payment.ledger;

import dev.wonflow.money.Money;
import dev.wonflow.payment.PaymentId;
import dev.wonflow.runtime.TenantId;
import java.time.Instant;
import java.util.List;

/**
 * What one change of a payment does to the accounts.
 *
 * @param happenedAt by Toss's clock where Toss says when
 */
public record LedgerEntry(Source source, Kind kind, List<Posting> postings, Instant happenedAt) {

    public LedgerEntry {
        postings = List.copyOf(postings);
        Money debits = sum(postings, Side.DEBIT);
        Money credits = sum(postings, Side.CREDIT);
        if (debits.isZero() || !debits.equals(credits)) {
            throw new IllegalArgumentException("entry " + kind + " of payment " + source.paymentId() + ": debits of "
                    + debits + ", credits of " + credits + " (expected: the same, and more than 0)");
        }
        if (postings.stream().map(Posting::account).distinct().count() != postings.size()) {
            throw new IllegalArgumentException("entry " + kind + " of payment " + source.paymentId()
                    + ": two postings to one account (expected: one each)");
        }
    }

    /**
     * The state of a payment that an entry belongs to.
     *
     * @param version of the payment with that state
     * @param livemode whether real money moves
     */
    public record Source(PaymentId paymentId, long version, TenantId tenantId, boolean livemode) {}

    /** What moves money. Stored by name, so a renamed constant needs a migration. */
    public enum Kind {
        /** Toss took the buyer's money. */
        CAPTURED,
        /** The bank took a deposit back. */
        REVERSED,
        /** The order was called off, so that its money has to go back. */
        OWED,
        /** Money went back to the buyer. */
        REFUNDED;

        private boolean leads(Money before, Money after) {
            return switch (this) {
                case CAPTURED -> before.isLessThan(after);
                case REVERSED -> after.isZero() && !before.isZero();
                case OWED -> before.equals(after);
                case REFUNDED -> after.isLessThan(before);
            };
        }
    }

    /**
     * The entry of a step.
     *
     * @param before where the money was
     * @param after where it is now; not the same
     * @throws IllegalArgumentException if a step of that kind does not lead from the one to the other
     */
    public static LedgerEntry of(Source source, Kind kind, Position before, Position after, Instant happenedAt) {
        if (!kind.leads(before.balance(), after.balance())) {
            throw new IllegalArgumentException("payment " + source.paymentId() + ": " + kind + " from " + before
                    + " to " + after + " (expected: a step of that kind)");
        }
        return new LedgerEntry(source, kind, before.postingsTo(after), happenedAt);
    }

    /** How much is moved: the sum of one side. */
    public Money amount() {
        return sum(postings, Side.DEBIT);
    }

    private static Money sum(List<Posting> postings, Side side) {
        return postings.stream()
                .filter(posting -> posting.side() == side)
                .map(Posting::amount)
                .reduce(Money.ZERO, Money::plus);
    }
}
