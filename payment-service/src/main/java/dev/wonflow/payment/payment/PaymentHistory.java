package dev.wonflow.payment.payment;

import dev.wonflow.payment.PaymentId;
import dev.wonflow.runtime.TenantId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The payments of a tenant, newest first. */
public interface PaymentHistory {

    /** A place in it; payments requested at the same time follow each other by their ids. */
    record Place(Instant requestedAt, PaymentId id) {}

    /**
     * Reads on.
     *
     * @param after the last one seen, or none to begin with the newest
     * @param limit most of them
     */
    List<Payment> of(TenantId tenantId, @Nullable Place after, int limit);
}
