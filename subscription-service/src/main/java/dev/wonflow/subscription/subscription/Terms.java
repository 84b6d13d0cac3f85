package dev.wonflow.subscription.subscription;

/**
 * What is subscribed to.
 *
 * @param plan id of the plan
 * @param planVersion version whose price holds; 0: written by the version of this service before, which knew none
 * @param quantity seats
 */
public record Terms(String plan, long planVersion, int quantity) {}
