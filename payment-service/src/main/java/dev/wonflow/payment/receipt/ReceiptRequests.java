package dev.wonflow.payment.receipt;

import dev.wonflow.payment.PaymentId;
import dev.wonflow.payment.gateway.ReceiptNumber;
import dev.wonflow.runtime.TenantId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The stored requests about cash receipts. Written in a transaction that holds their payment. */
public interface ReceiptRequests {

    /**
     * Stores a new one.
     *
     * @param customer kept sealed, and only until the request ends
     */
    void add(ReceiptRequest request, TenantId tenant, @Nullable ReceiptNumber customer);

    /** Stores a new state. */
    void save(ReceiptRequest request);

    Optional<ReceiptRequest> find(ReceiptRequestId id);

    /** The request a caller's request with this key led to, unless nothing came of it. */
    Optional<ReceiptRequest> find(PaymentId paymentId, String requestKey);

    /** All of a payment, oldest first. */
    List<ReceiptRequest> of(PaymentId paymentId);

    /** Whom the receipt of an open request is for; empty if it cannot be opened any more. */
    Optional<ReceiptNumber> customer(ReceiptRequestId id, TenantId tenant);

    /** Has the requests of a payment gone on with at {@code due}; those of one payment are, one at a time. */
    void plan(PaymentId paymentId, Instant due);

    /** Has what was asked for on a day in Seoul looked at by {@code due}, or sooner if that was planned. */
    void planLook(LocalDate day, Instant due);

    /** Has it looked at again at {@code due}. */
    void planNextLook(LocalDate day, Instant due);
}
