package dev.wonflow.payment.ledger;

import dev.wonflow.money.Money;
import dev.wonflow.payment.PaymentId;
import dev.wonflow.runtime.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What one change of a payment does to the accounts.
 *
 * @param reference of the transaction at Toss that was settled or paid out, or of the case that was corrected, or
 *     paymentKey of a stray capture; {@code null} for a step of the payment
 * @param happenedAt by Toss's clock where Toss says when; of a refund, when we learned of it
 */
public record LedgerEntry(
        Source source, Kind kind, @Nullable String reference, List<Posting> postings, Instant happenedAt) {

    public LedgerEntry(Source source, Kind kind, List<Posting> postings, Instant happenedAt) {
        this(source, kind, null, postings, happenedAt);
    }

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
        REFUNDED,
        /** Toss settled a transaction. */
        SETTLED,
        /** Toss paid out what it had settled. */
        PAID_OUT,
        /** Somebody accepted a difference that nobody can explain. */
        CORRECTED,
        /** Toss took money that does not count for the order. */
        STRAY_CAPTURED,
        /** That money is not held any more, or counts after all. */
        STRAY_CLEARED;

        private boolean leads(Money before, Money after) {
            return switch (this) {
                case CAPTURED -> before.isLessThan(after);
                case REVERSED -> after.isZero() && !before.isZero();
                case OWED -> before.equals(after);
                case REFUNDED -> after.isLessThan(before);
                // They concern Toss and the merchant, and leave what the buyer has as it is.
                case SETTLED, PAID_OUT, CORRECTED -> false;
                // Beside what the buyer has for the order.
                case STRAY_CAPTURED, STRAY_CLEARED -> false;
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

    /**
     * The entry of a settlement: what the buyer paid becomes turnover, and Toss keeps its fees from what it owes us. Of
     * money that went back, the same the other way round.
     *
     * @param reference of the transaction that is settled
     * @param back whether its money went back
     * @param fee without VAT
     */
    public static LedgerEntry settled(
            Source source, String reference, boolean back, Money amount, Money fee, Money vat, Instant at) {
        Side out = back ? Side.CREDIT : Side.DEBIT;
        List<Posting> postings = Stream.of(
                        posting(Account.CUSTOMER_CLEARING, out, amount),
                        posting(Account.REVENUE_CLEARING, out.other(), amount),
                        posting(Account.FEES, out, fee),
                        posting(Account.VAT_ON_FEES, out, vat),
                        posting(Account.PG_RECEIVABLE, out.other(), fee.plus(vat)))
                .flatMap(Optional::stream)
                .toList();
        return new LedgerEntry(source, Kind.SETTLED, reference, postings, at);
    }

    /**
     * The entry of a payout.
     *
     * @param reference of the transaction whose money it is
     * @param won what is paid out; below 0 where Toss keeps it back. Not 0
     */
    public static LedgerEntry paidOut(Source source, String reference, long won, Instant at) {
        Side in = won < 0 ? Side.CREDIT : Side.DEBIT;
        Money amount = Money.ofWon(Math.absExact(won));
        List<Posting> postings = List.of(
                new Posting(Account.PAYOUTS, in, amount), new Posting(Account.PG_RECEIVABLE, in.other(), amount));
        return new LedgerEntry(source, Kind.PAID_OUT, reference, postings, at);
    }

    /**
     * The entry of a correction: what Toss owes us is another sum than we had, and why is not known.
     *
     * @param reference of the case
     * @param won how much more it owes; below 0 if it owes less. Not 0
     */
    public static LedgerEntry corrected(Source source, String reference, long won, Instant at) {
        Side more = won < 0 ? Side.CREDIT : Side.DEBIT;
        Money amount = Money.ofWon(Math.absExact(won));
        List<Posting> postings = List.of(
                new Posting(Account.PG_RECEIVABLE, more, amount), new Posting(Account.SUSPENSE, more.other(), amount));
        return new LedgerEntry(source, Kind.CORRECTED, reference, postings, at);
    }

    /**
     * The entry of money that does not count for the order: Toss owes it to us, and we to nobody that an account is
     * for.
     *
     * @param kind {@link Kind#STRAY_CAPTURED} or {@link Kind#STRAY_CLEARED}
     * @param reference the paymentKey
     */
    public static LedgerEntry stray(Source source, Kind kind, String reference, Money amount, Instant at) {
        Side in = kind == Kind.STRAY_CAPTURED ? Side.DEBIT : Side.CREDIT;
        List<Posting> postings = List.of(
                new Posting(Account.PG_RECEIVABLE, in, amount), new Posting(Account.SUSPENSE, in.other(), amount));
        return new LedgerEntry(source, kind, reference, postings, at);
    }

    private static Optional<Posting> posting(Account account, Side side, Money amount) {
        return amount.isZero() ? Optional.empty() : Optional.of(new Posting(account, side, amount));
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
