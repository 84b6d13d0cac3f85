package dev.wonflow.subscription.plan;

import dev.wonflow.money.Money;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the plan catalogue.
 *
 * @param plans Plans on sale
 */
@ConfigurationProperties("wonflow")
record PlanProperties(@DefaultValue List<Entry> plans) {

    /**
     * One plan.
     *
     * @param id Identifier that events and orders use
     * @param name Name that people read
     * @param price Price of one month in won
     */
    record Entry(String id, String name, long price) {

        Plan plan() {
            return Plan.monthly(id, name, Money.ofWon(price));
        }
    }
}
