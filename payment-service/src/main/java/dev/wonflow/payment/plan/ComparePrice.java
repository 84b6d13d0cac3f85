package dev.wonflow.payment.plan;

import dev.wonflow.money.Money;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** Says whether a plan is on sale for an amount. */
@Service
public class ComparePrice {

    private final PlanPrices prices;

    ComparePrice(PlanPrices prices) {
        this.prices = prices;
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
    }

    /**
     * Compares.
     *
     * @throws CatalogueNotRead if nothing was told about any plan yet
     */
    public Answer compare(String plan, Money amount) {
        Optional<PlanPrice> found = prices.find(plan);
        if (found.isEmpty() && prices.isEmpty()) {
            throw new CatalogueNotRead(plan);
        }
        Money price = found.map(PlanPrice::price).orElse(null);
        if (price == null) {
            return new Answer.NotOnSale();
        }
        return price.equals(amount) ? new Answer.Right(found.orElseThrow().version()) : new Answer.AnotherPrice(price);
    }
}
