package dev.wonflow.subscription.plan;

import dev.wonflow.money.Money;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the plan catalogue.
 *
 * @param plans Plans with which the catalogue begins
 */
@ConfigurationProperties("wonflow")
record PlanProperties(@DefaultValue List<Entry> plans) {

    /**
     * One plan.
     *
     * @param id Identifier that events and orders use
     * @param name Name that people read
     * @param price Price of one period with the included seats, in won
     * @param product Product it is a plan of
     * @param interval Length of a period: a number of days, weeks, months or years as ISO 8601 writes it
     * @param trialDays Days for nothing before the first period
     * @param trialNeedsMethod Whether a trial begins only with a billing method
     * @param includedSeats Seats that the price pays for
     * @param seatPrice Price of one more seat for one period, in won
     * @param maxSeats Most seats there may be
     * @param features Names of what is switched on
     * @param quotas How much of what, by name
     * @param noticeDays Days before its price changes that a subscriber is told
     * @param taxFreeAmount Part of the price that is free of VAT, in won
     * @param unusedTime What becomes of the rest of a period when a subscriber ends it at once
     */
    record Entry(
            String id,
            String name,
            long price,
            @DefaultValue(Plan.DEFAULT_PRODUCT) String product,
            @DefaultValue("P1M") String interval,
            @DefaultValue("0") int trialDays,
            @DefaultValue("true") boolean trialNeedsMethod,
            @DefaultValue("1") int includedSeats,
            @DefaultValue("0") long seatPrice,
            @Nullable Integer maxSeats,
            @DefaultValue List<String> features,
            @DefaultValue Map<String, Long> quotas,
            @DefaultValue("30") int noticeDays,
            @DefaultValue("0") long taxFreeAmount,
            @DefaultValue("lost") UnusedTime unusedTime) {

        Plan plan() {
            return new Plan(
                    id,
                    name,
                    Money.ofWon(price),
                    product,
                    BillingInterval.parse(interval),
                    new Trial(trialDays, trialNeedsMethod),
                    new Seats(includedSeats, Money.ofWon(seatPrice), maxSeats),
                    new PlanLimits(features, quotas),
                    noticeDays,
                    Money.ofWon(taxFreeAmount),
                    unusedTime);
        }
    }
}
