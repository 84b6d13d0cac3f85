package dev.wonflow.subscription.subscription;

import dev.wonflow.money.Money;
import java.time.Instant;

/**
 * A period of a subscription.
 *
 * @param number counts the periods of a subscription and never goes back; -1: before the first that costs anything
 * @param end when the plan expires; of a {@link CollectionMode#PREPAID} subscription the end of all that is paid for
 * @param value what a whole period of the present terms is worth, after discount; unused time is worth its part of it
 */
public record Period(long number, Instant start, Instant end, Money value) {

    /** Number of the period before the first that costs anything. */
    public static final long NONE_YET = -1;
}
