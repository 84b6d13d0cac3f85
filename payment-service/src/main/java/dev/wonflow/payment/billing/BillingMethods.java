package dev.wonflow.payment.billing;

import dev.wonflow.payment.gateway.BillingKey;
import dev.wonflow.runtime.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The stored billing methods. Keys are stored sealed, for as long as they can charge. */
public interface BillingMethods {

    void add(BillingMethod method, BillingKey key);

    /** Stores a new status; the key goes with the last one. */
    void save(BillingMethod method);

    Optional<BillingMethod> find(TenantId tenant, BillingMethodId id);

    /** Holds the method until the transaction ends. */
    Optional<BillingMethod> findAndHold(BillingMethodId id);

    Optional<BillingMethod> findByPrint(String print);

    /** Those that are not removed, oldest first; a tenant has a handful. */
    List<BillingMethod> of(TenantId tenant);

    /**
     * The key of a method that is not removed.
     *
     * @throws KeyUnreadable if it cannot be opened
     */
    Optional<BillingKey> key(BillingMethodId id);

    /**
     * Takes methods nobody was told of, to be told of in the caller's transaction; those that are added are not among
     * them. Each is answered once.
     */
    List<BillingMethod> takeUnannounced(int limit);

    /** Has Toss forget the key at {@code due}. */
    void planRemoval(BillingMethodId id, Instant due);
}
