package dev.wonflow.idempotency;

import dev.wonflow.runtime.TenantId;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.http.ResponseEntity;

/** Without a key nothing tells a repeat from a new request. */
final class EveryTime implements Once {

    @Override
    public <P> ResponseEntity<?> inTransaction(
            TenantId tenant, Supplier<P> preparation, Function<P, ResponseEntity<?>> effect) {
        return effect.apply(preparation.get());
    }

    @Override
    public ResponseEntity<?> withLease(TenantId tenant, Effect effect) throws InterruptedException {
        return effect.have();
    }
}
