package dev.wonflow.idempotency;

import dev.wonflow.runtime.TenantId;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.http.ResponseEntity;

/**
 * Has a request's effect once, if it comes with an {@code Idempotency-Key}; a parameter of handlers. Every repeat gets
 * the first answer, byte for byte.
 *
 * <p>Kept are answers that tell of something done: 2xx but 202, and 402. A refusal did nothing, and the same request is
 * looked at afresh.
 */
public sealed interface Once permits OnceByKey, EveryTime {

    /**
     * Has the effect in one transaction, in which the answer is kept too: a crash leaves both or neither.
     *
     * @throws RequestInFlight while the same request is at work elsewhere
     * @throws KeyReused if the key came with another request before
     */
    default ResponseEntity<?> inTransaction(TenantId tenant, Supplier<ResponseEntity<?>> effect) {
        return inTransaction(tenant, () -> tenant, _ -> effect.get());
    }

    /**
     * The same for an effect that needs something no transaction should wait for.
     *
     * @param preparation not done for a repeat, whose answer is known; safe to do twice
     */
    <P> ResponseEntity<?> inTransaction(
            TenantId tenant, Supplier<P> preparation, Function<P, ResponseEntity<?>> effect);

    /**
     * Has an effect that is more than one transaction and safe to repeat by itself. The key is claimed for a while
     * before it, and the answer kept after it; a crash in between leaves a claim that runs out, and the next request
     * has the effect repeated.
     *
     * @throws RequestInFlight while the same request is at work elsewhere
     * @throws KeyReused if the key came with another request before
     */
    ResponseEntity<?> withLease(TenantId tenant, Effect effect) throws InterruptedException;

    /** For a request that came without a key. */
    static Once withoutKey() {
        return new EveryTime();
    }

    /** What a request does, and its answer. */
    @FunctionalInterface
    interface Effect {

        ResponseEntity<?> have() throws InterruptedException;
    }
}
