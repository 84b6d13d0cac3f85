package dev.wonflow.payment.plan;

import java.util.Optional;

/** The catalogue as far as this service has read it. */
public interface PlanPrices {

    Optional<PlanPrice> find(String plan);

    /** Whether nothing at all has been read yet, so that not knowing a plan says nothing about it. */
    boolean isEmpty();

    /**
     * Takes the newest word about a plan, in the caller's transaction.
     *
     * @return {@code false} if this version or a newer one was taken before
     */
    boolean take(PlanPrice price);
}
