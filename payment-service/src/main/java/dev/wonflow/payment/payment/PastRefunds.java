package dev.wonflow.payment.payment;

import dev.wonflow.money.Money;
import dev.wonflow.payment.PaymentId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What went back of payments, or was to. */
public interface PastRefunds {

    /**
     * Money that went back, is to, or came to nothing.
     *
     * @param status as callers see it
     * @param failureCode Toss's code if nothing went back
     * @param changedAt since when it has its status
     */
    record PastRefund(
            UUID id,
            RefundOrigin origin,
            String status,
            Money amount,
            @Nullable String reason,
            @Nullable String failureCode,
            Instant requestedAt,
            Instant changedAt) {}

    /** The refunds of a payment, oldest first. */
    List<PastRefund> of(PaymentId id);
}
