package dev.wonflow.payment.plan;

import java.util.Optional;

/** The catalogue as far as it was told to this service. */
public interface PlanPrices {

    Optional<PlanPrice> find(String plan);

    /** Whether nothing at all was told yet, so that not knowing a plan says nothing about it. */
    boolean isEmpty();

    /**
     * Takes the newest word about a plan, in the caller's transaction.
     *
     * @return {@code false} if this version or a newer one was taken before
     */
    boolean take(PlanPrice price);
}
