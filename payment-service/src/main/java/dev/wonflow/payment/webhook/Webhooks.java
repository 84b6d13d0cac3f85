package dev.wonflow.payment.webhook;

import dev.wonflow.payment.PaymentId;
import dev.wonflow.payment.gateway.GatewayFinding;
import dev.wonflow.payment.payment.Payment;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The webhooks there have been, for as long as anybody may ask about them. */
public interface Webhooks {

    /** Most that are pending at once about one payment; a flood is answered in slices. */
    int SLICE = 1_000;

    /** Keeps a webhook that leads to nothing. */
    void keep(TossWebhook webhook, Outcome outcome, Instant now);

    /** Keeps a webhook about a payment that leads to nothing. */
    void keep(TossWebhook webhook, PaymentId payment, Outcome outcome, Instant now);

    /** Keeps a webhook about a payment, until Toss has been asked. */
    void keep(TossWebhook webhook, PaymentId payment);

    /** Those about the payment that nobody has answered, the oldest first and at most {@link #SLICE}. */
    List<Pending> pending(PaymentId payment);

    /** Notes what became of a pending webhook. */
    void answer(Pending webhook, Outcome outcome, Grade grade, Instant now);

    /**
     * Forgets answered webhooks that were answered before {@code before}; those without an answer stay.
     *
     * @return how many, at most {@code limit}
     */
    int forget(Instant before, int limit);

    /** As {@link #forget}, for those that are about nothing of ours. */
    int forgetStray(Instant before, int limit);

    /** What became of a webhook. */
    enum Outcome {
        /** Names neither an order nor a payment. */
        NOT_ABOUT_A_PAYMENT,
        /** Names none of ours. */
        UNKNOWN_PAYMENT,
        /** Says what we knew from Toss already; Toss was not asked. */
        ALREADY_KNOWN,
        /** Toss was asked, and its answer changed nothing. */
        NO_CHANGE,
        /** Toss was asked, and its answer changed the payment. */
        APPLIED,
        /** Toss was asked, and its answer became an incident. */
        INCIDENT
    }

    /** A webhook waiting for Toss to be asked. */
    record Pending(
            UUID id,
            Grade grade,
            @Nullable String paymentKey,
            @Nullable String status) {

        static Pending of(TossWebhook webhook) {
            return new Pending(webhook.id(), webhook.grade(), webhook.paymentKey(), webhook.status());
        }

        /** Whether it claims no more than the payment already says, on Toss's word. */
        public boolean isKnownFrom(Payment payment) {
            boolean sameAttempt = paymentKey == null
                    || (payment.paymentKey() != null
                            && paymentKey.equals(payment.paymentKey().value()));
            if (!sameAttempt || status == null) {
                return false;
            }
            return switch (payment.status()) {
                case PAID -> status.equals("DONE");
                case WAITING_FOR_DEPOSIT -> status.equals("WAITING_FOR_DEPOSIT");
                case REFUNDED -> status.equals("CANCELED") || status.equals("PARTIAL_CANCELED");
                // A further partial refund looks the same as the one before.
                case PARTIALLY_REFUNDED -> false;
                case REQUESTED, CONFIRMING, UNKNOWN, FAILED, CANCELED -> false;
            };
        }

        /** The grade once Toss has been asked. */
        public Grade gradeAfter(GatewayFinding finding) {
            return finding instanceof GatewayFinding.Seen seen
                            && seen.state().name().equals(status)
                    ? Grade.FETCHED_BACK
                    : grade;
        }
    }
}
