package dev.wonflow.payment.payment;

import dev.wonflow.money.Money;
import dev.wonflow.payment.OrderId;
import dev.wonflow.payment.PaymentId;
import dev.wonflow.payment.PaymentKey;
import dev.wonflow.runtime.TenantId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The payments of a tenant, newest first. */
public interface PaymentHistory {

    /**
     * Which payments; those of one tenant for which everything said is true.
     *
     * @param from requested then or later
     * @param until requested before
     * @param method as Toss names it, in Korean
     */
    record Filter(
            TenantId tenantId,
            @Nullable Instant from,
            @Nullable Instant until,
            @Nullable PaymentStatus status,
            @Nullable String method,
            @Nullable Money amount,
            @Nullable OrderId orderId,
            @Nullable String customerKey) {

        /** All payments of a tenant. */
        public static Filter all(TenantId tenantId) {
            return new Filter(tenantId, null, null, null, null, null, null, null);
        }
    }

    /** A place in it; payments requested at the same time follow each other by their ids. */
    record Place(Instant requestedAt, PaymentId id) {}

    /**
     * A piece of it.
     *
     * @param payments may be fewer than asked for, even none, before the end: so much is looked at for one piece and no
     *     more
     * @param next where to read on; {@code null} at the end
     */
    record Piece(List<Payment> payments, @Nullable Place next) {

        public Piece {
            payments = List.copyOf(payments);
        }
    }

    /**
     * An attempt that was made to take the money.
     *
     * @param outcome how it stands; {@code null} while its first call is under way
     * @param code Toss's code of a decline, or why the outcome is unknown
     */
    record PastAttempt(
            PaymentKey paymentKey,
            Instant startedAt,
            @Nullable PaymentStatus outcome,
            @Nullable String code,
            @Nullable Instant notedAt) {}

    /**
     * Reads on.
     *
     * @param after the last one seen, or none to begin with the newest
     * @param limit most payments of the piece
     */
    Piece of(Filter filter, @Nullable Place after, int limit);

    /** The attempts of a payment, oldest first. */
    List<PastAttempt> attempts(PaymentId id);
}
