package dev.wonflow.payment.gateway.quota;

import java.time.Instant;
import java.util.Optional;
import java.util.function.BiFunction;

/** Keeps what is left of Toss's quota, for all instances together. */
public interface AllowanceBook {

    /**
     * Changes what is left while nobody else can.
     *
     * @param step gets what was left and the time now, which is the same for all instances
     * @return what the step granted
     */
    Optional<Use> change(BiFunction<Allowance, Instant, Allowance.Taken> step);
}
