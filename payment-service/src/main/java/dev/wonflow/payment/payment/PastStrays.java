package dev.wonflow.payment.payment;

import dev.wonflow.money.Money;
import dev.wonflow.payment.PaymentId;
import dev.wonflow.payment.PaymentKey;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What Toss took for orders without its counting for them. */
public interface PastStrays {

    /**
     * Money that went back, is to, or turned out to count.
     *
     * @param held what Toss held when it was found
     * @param status as callers see it
     * @param origin who had it given back; {@code null} until it has been
     * @param code why it is left to a person
     * @param changedAt since when it has its status
     */
    record PastStray(
            UUID id,
            PaymentKey paymentKey,
            Stray.Reason reason,
            String status,
            Money held,
            @Nullable RefundOrigin origin,
            @Nullable String code,
            Instant foundAt,
            Instant changedAt) {}

    /** Those of a payment, oldest first. */
    List<PastStray> of(PaymentId id);
}
