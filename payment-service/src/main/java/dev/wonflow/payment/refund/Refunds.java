package dev.wonflow.payment.refund;

import dev.wonflow.money.Money;
import dev.wonflow.payment.PaymentId;
import dev.wonflow.payment.PaymentKey;
import dev.wonflow.payment.gateway.RefundAccount;
import dev.wonflow.runtime.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The stored refunds. Written in a transaction that holds their payment. */
public interface Refunds {

    /**
     * Stores a new one.
     *
     * @param account kept sealed, and only until the refund ends
     */
    void add(Refund refund, @Nullable RefundAccount account);

    /** Stores a new state. */
    void save(Refund refund);

    Optional<Refund> find(RefundId id);

    /** The refund a request with this key led to, unless it came to nothing without any person's word. */
    Optional<Refund> find(PaymentId paymentId, String requestKey);

    /** Those that have not ended, oldest first. */
    List<Refund> open(PaymentId paymentId);

    /** Sum of what callers asked for of a payment, without what came to nothing. */
    Money askedFor(PaymentId paymentId);

    /** Those of a tenant that wait for a second person, oldest first; {@code limit} at most. */
    List<Refund> awaitingApproval(TenantId tenant, int limit);

    /** Names of the cancels at Toss that are known. */
    Set<String> transactionKeys(PaymentKey key);

    /** When Toss was last asked to give back money of the payment, or answered. */
    Optional<Instant> lastCallAt(PaymentId paymentId);

    /** The account of an open refund, if it was given one and it can be opened. */
    Optional<RefundAccount> account(RefundId id);

    /** Has it gone on with at {@code due}; refunds of one payment are gone on with one at a time. */
    void plan(RefundId id, PaymentId paymentId, Instant due);
}
