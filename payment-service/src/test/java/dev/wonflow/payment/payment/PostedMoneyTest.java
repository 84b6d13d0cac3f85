package dev.wonflow.payment.payment;

import static dev.wonflow.payment.payment.PaymentFixture.DECLINE;
import static dev.wonflow.payment.payment.PaymentFixture.KEY;
import static dev.wonflow.payment.payment.PaymentFixture.NOON;
import static dev.wonflow.payment.payment.PaymentFixture.aGatewayPayment;
import static dev.wonflow.payment.payment.PaymentFixture.aPayment;
import static dev.wonflow.payment.payment.PaymentFixture.aPurchase;
import static dev.wonflow.payment.payment.PaymentFixture.anAwaitedCharge;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.money.Money;
import dev.wonflow.payment.gateway.GatewayCancel;
import dev.wonflow.payment.gateway.GatewayFinding;
import dev.wonflow.payment.ledger.Account;
import dev.wonflow.payment.ledger.LedgerEntry;
import dev.wonflow.payment.ledger.Posting;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a payment goes through, and what of it is posted. */
class PostedMoneyTest {

    /** Enough for a deposit that comes, is taken back, comes again, and is refunded in two parts for a closed order. */
    private static final int STEPS = 8;

    private final Set<LedgerEntry.Kind> seen = EnumSet.noneOf(LedgerEntry.Kind.class);

    @Test
    @Tag("F5")
    void ledger_adds_up_and_says_what_the_payment_says_whatever_a_payment_goes_through() {
        int histories = walk(aPayment(PaymentStatus.REQUESTED), List.of(), STEPS);

        assertThat(histories).isGreaterThan(10_000);
        assertThat(seen)
                .containsExactlyInAnyOrder(
                        LedgerEntry.Kind.CAPTURED,
                        LedgerEntry.Kind.REVERSED,
                        LedgerEntry.Kind.OWED,
                        LedgerEntry.Kind.REFUNDED);
    }

    @Test
    void money_taken_without_a_window_is_posted_with_what_has_gone_back_since() {
        World world = new World();
        GatewayCancel cancel =
                new GatewayCancel("C1", Money.ofWon(12_000), Money.ofWon(21_000), GatewayCancel.State.DONE, null, NOON);

        world.openPaidPayment()
                .open(
                        aPurchase(),
                        new GatewayFinding.Seen(
                                GatewayFinding.State.PARTIAL_CANCELED,
                                aGatewayPayment(KEY, Money.ofWon(21_000), cancel),
                                null),
                        NOON);

        assertThat(world.posted)
                .extracting(LedgerEntry::kind)
                .containsExactly(LedgerEntry.Kind.CAPTURED, LedgerEntry.Kind.REFUNDED);
        assertAgreement(world.payment(), world.posted);
    }

    /** Takes every step there is from here, and every one after it. */
    private int walk(Payment payment, List<LedgerEntry> posted, int left) {
        assertAgreement(payment, posted);
        if (left == 0) {
            return 1;
        }
        int histories = 1;
        for (PaymentStatus to : payment.status().next()) {
            if (to != PaymentStatus.CONFIRMING || !payment.isOrderClosed()) {
                Book book = new Book(posted);
                histories += walk(book.move(payment, to), book.entries, left - 1);
            }
        }
        if (!payment.isOrderClosed()) {
            Book book = new Book(posted);
            histories += walk(book.close(payment), book.entries, left - 1);
        }
        return histories;
    }

    private void assertAgreement(Payment payment, List<LedgerEntry> posted) {
        Money balance = payment.balance();
        boolean closed = payment.isOrderClosed();
        long captured = moved(posted, LedgerEntry.Kind.CAPTURED) - moved(posted, LedgerEntry.Kind.REVERSED);
        long refunded = moved(posted, LedgerEntry.Kind.REFUNDED);

        assertThat(List.of(
                        sum(posted, Account.PG_RECEIVABLE),
                        -sum(posted, Account.CUSTOMER_CLEARING),
                        -sum(posted, Account.REFUNDS_PAYABLE),
                        captured - refunded))
                .as("receivable, held, owed and balance after %s, in %s", posted, payment)
                .containsExactly(balance.won(), closed ? 0 : balance.won(), closed ? balance.won() : 0, balance.won());
        assertThat(posted.stream()
                        .map(entry -> entry.source().version() + " " + entry.kind())
                        .distinct())
                .hasSameSizeAs(posted);
        posted.forEach(entry -> seen.add(entry.kind()));
    }

    private static long sum(List<LedgerEntry> posted, Account account) {
        return posted.stream()
                .flatMap(entry -> entry.postings().stream())
                .filter(posting -> posting.account() == account)
                .mapToLong(Posting::signedWon)
                .sum();
    }

    private static long moved(List<LedgerEntry> posted, LedgerEntry.Kind kind) {
        return posted.stream()
                .filter(entry -> entry.kind() == kind)
                .mapToLong(entry -> entry.amount().won())
                .sum();
    }

    /** Takes steps as production code does, on top of what was posted before. */
    private static final class Book {

        private final List<LedgerEntry> entries;
        private final World.StoredPayments payments = new World.StoredPayments();
        private final Changes changes;

        Book(List<LedgerEntry> posted) {
            entries = new ArrayList<>(posted);
            changes = new Changes(payments, (_, _) -> {}, entries::add, _ -> {});
        }

        Payment move(Payment payment, PaymentStatus to) {
            return switch (to) {
                case REQUESTED -> throw new IllegalArgumentException("no step leads to REQUESTED");
                case CONFIRMING -> payments.save(payment.confirming(KEY, NOON));
                case UNKNOWN -> changes.save(payment.unknown("TIMEOUT", NOON));
                case WAITING_FOR_DEPOSIT -> changes.save(payment.waitingForDeposit(anAwaitedCharge(), NOON));
                case PAID -> changes.save(payment.paid(aGatewayPayment(), NOON));
                case FAILED -> changes.save(payment.failed(DECLINE, NOON));
                case CANCELED -> changes.save(payment.canceled(PaymentEvent.CancelReason.ORDER_CANCELLED, NOON));
                case PARTIALLY_REFUNDED ->
                    changes.save(payment.refunded(half(payment.balance()), RefundOrigin.REQUESTED, NOON));
                case REFUNDED -> changes.save(payment.refunded(Money.ZERO, RefundOrigin.REQUESTED, NOON));
            };
        }

        Payment close(Payment payment) {
            Payment closed = payment.orderClosed(NOON);
            return payment.balance().isZero() ? payments.save(closed) : changes.owe(payment, closed, NOON);
        }

        private static Money half(Money money) {
            return Money.ofWon(money.won() / 2);
        }
    }
}
