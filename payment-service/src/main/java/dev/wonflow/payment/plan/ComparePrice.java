package dev.wonflow.payment.plan;

import dev.wonflow.money.Money;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** Says whether a plan is on sale for an amount. */
@Service
public class ComparePrice {

    private final PlanPrices prices;
    private final CatalogueBacklog backlog;

    ComparePrice(PlanPrices prices, CatalogueBacklog backlog) {
        this.prices = prices;
        this.backlog = backlog;
    }

    /** What the catalogue says of an amount. */
    public sealed interface Answer {

        /**
         * It is the price.
         *
         * @param version of the plan that has this price
         */
        record Right(long version) implements Answer {}

        record AnotherPrice(Money price) implements Answer {}

        record NotOnSale() implements Answer {}

        /** Nobody has told of the plan, but not all that was told has been read. */
        record NotKnownYet() implements Answer {}
    }

    /**
     * What the catalogue says as far as it has been read here; empty where the broker has to be asked what is unread.
     */
    public Optional<Answer> compareWithRead(String plan, Money amount) {
        return prices.find(plan).map(price -> answer(price, amount));
    }

    /** Compares. Not for use within a transaction: where the plan is not known, this asks the broker what is unread. */
    public Answer compare(String plan, Money amount) {
        return compareWithRead(plan, amount)
                .orElseGet(() -> backlog.mayHoldUnread() ? new Answer.NotKnownYet() : compareAgain(plan, amount));
    }

    /** What was unread at the first look may have been read before it was asked what is unread. */
    private Answer compareAgain(String plan, Money amount) {
        return compareWithRead(plan, amount)
                // There is no catalogue without a plan.
                .orElseGet(() -> prices.isEmpty() ? new Answer.NotKnownYet() : new Answer.NotOnSale());
    }

    private static Answer answer(PlanPrice found, Money amount) {
        Money price = found.price();
        if (price == null) {
            return new Answer.NotOnSale();
        }
        return price.equals(amount) ? new Answer.Right(found.version()) : new Answer.AnotherPrice(price);
    }
}
