package dev.wonflow.payment.ledger;

import dev.wonflow.money.Money;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What Toss holds for us of one payment, and for whom: what was captured, less what was refunded.
 *
 * @param held for the order that was paid
 * @param owed to the buyer, since the order was called off
 */
public record Position(Money held, Money owed) {

    public static final Position NOTHING = new Position(Money.ZERO, Money.ZERO);

    public Money balance() {
        return held.plus(owed);
    }

    /** What has to be posted for the money to get from here to there. Sums to 0 whatever the two are. */
    List<Posting> postingsTo(Position next) {
        return Stream.of(
                        Account.PG_RECEIVABLE.move(balance(), next.balance()),
                        Account.CUSTOMER_CLEARING.move(held, next.held),
                        Account.REFUNDS_PAYABLE.move(owed, next.owed))
                .flatMap(Optional::stream)
                .toList();
    }
}
