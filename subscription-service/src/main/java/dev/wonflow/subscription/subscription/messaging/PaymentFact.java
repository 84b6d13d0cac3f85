package dev.wonflow.subscription.subscription.messaging;

import dev.wonflow.inbox.UnreadableMessage;
import dev.wonflow.money.Money;
import dev.wonflow.runtime.TenantId;
import dev.wonflow.subscription.subscription.MoneyWentBack;
import dev.wonflow.subscription.subscription.Purchase;
import dev.wonflow.web.json.Complaint;
import dev.wonflow.web.json.StrictJson;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** What a message about a payment means for plans. */
sealed interface PaymentFact {

    /** A plan was paid for. */
    record PlanPaid(Purchase purchase) implements PaymentFact {}

    /** Money of a payment went back; whether it had bought a plan, the message does not tell. */
    record WentBack(MoneyWentBack money) implements PaymentFact {}

    /** A card or account may be charged for a tenant. */
    record MethodRegistered(UUID method, TenantId tenantId, Instant at) implements PaymentFact {}

    /** It may not any more. */
    record MethodRemoved(UUID method, TenantId tenantId, Instant at) implements PaymentFact {}

    /** Nothing for us: goods were paid for, or no money has moved for good. */
    record NotOurs() implements PaymentFact {}

    /**
     * Reads a message.
     *
     * @return empty if the type is not known here
     * @throws UnreadableMessage if the type is known and the body is not what its contract says
     */
    static Optional<PaymentFact> read(String type, byte @Nullable [] body) {
        return switch (type) {
            case "payment.paid.v1" -> Optional.of(paid(Body.read(body)));
            case "payment.refunded.v1" -> Optional.of(refunded(Body.read(body), true));
            case "payment.partially-refunded.v1" -> Optional.of(refunded(Body.read(body), false));
            case "payment.reversed.v1" -> Optional.of(reversed(Body.read(body)));
            case "payment.billing-method-registered.v1" -> Optional.of(registered(MethodBody.read(body)));
            case "payment.billing-method-removed.v1" -> Optional.of(removed(MethodBody.read(body)));
            case "payment.requested.v1",
                    "payment.outcome-unknown.v1",
                    "payment.waiting-for-deposit.v1",
                    "payment.failed.v1",
                    "payment.canceled.v1" -> Optional.of(new NotOurs());
            default -> Optional.empty();
        };
    }

    private static PaymentFact paid(Body body) {
        if (body.plan() == null) {
            return new NotOurs();
        }
        return new PlanPaid(new Purchase(
                Body.text("paymentId", body.paymentId()),
                Body.text("orderId", body.orderId()),
                body.tenant(),
                Body.text("plan", body.plan()),
                body.planVersion(),
                body.money(),
                body.livemode(),
                // What the database can hold, so that a moment is the same before and after it was stored.
                Body.required("approvedAt", body.approvedAt()).truncatedTo(ChronoUnit.MICROS)));
    }

    private static PaymentFact registered(MethodBody body) {
        return new MethodRegistered(
                Body.required("billingMethodId", body.billingMethodId()),
                body.tenant(),
                Body.required("registeredAt", body.registeredAt()).truncatedTo(ChronoUnit.MICROS));
    }

    private static PaymentFact removed(MethodBody body) {
        return new MethodRemoved(
                Body.required("billingMethodId", body.billingMethodId()),
                body.tenant(),
                Body.required("removedAt", body.removedAt()).truncatedTo(ChronoUnit.MICROS));
    }

    private static PaymentFact refunded(Body body, boolean whole) {
        return wentBack(
                body,
                Money.ofWon(Body.notNegative("refundedAmount", Body.required("refundedAmount", body.refundedAmount()))),
                whole,
                "refunded",
                Body.required("refundedAt", body.refundedAt()));
    }

    private static PaymentFact reversed(Body body) {
        return wentBack(body, body.money(), true, "deposit reversed", Body.required("reversedAt", body.reversedAt()));
    }

    private static PaymentFact wentBack(Body body, Money refunded, boolean whole, String how, Instant at) {
        return new WentBack(new MoneyWentBack(
                Body.text("paymentId", body.paymentId()),
                Body.text("orderId", body.orderId()),
                body.tenant(),
                refunded,
                whole,
                how,
                at.truncatedTo(ChronoUnit.MICROS)));
    }

    /** Only what a plan needs; the contract has more fields. */
    record Body(
            @Nullable String paymentId,
            @Nullable String orderId,
            @Nullable String tenantId,
            @Nullable String plan,
            @Nullable Long planVersion,
            long amount,
            @Nullable String currency,
            boolean livemode,
            @Nullable Instant approvedAt,
            @Nullable Long refundedAmount,
            @Nullable Instant refundedAt,
            @Nullable Instant reversedAt) {

        /** The columns have the same limit. */
        private static final int MAX_TEXT_LENGTH = 100;

        /** Takes an amount as it is: a fraction of a won, or a text, is a broken message and not a number to mend. */
        private static final JsonMapper JSON = StrictJson.mapper();

        static Body read(byte @Nullable [] body) {
            return read(body, Body.class);
        }

        static <T> T read(byte @Nullable [] body, Class<T> type) {
            try {
                return required("body", body == null ? null : JSON.readValue(body, type));
            } catch (JacksonException e) {
                throw new UnreadableMessage(Complaint.about(e), e);
            }
        }

        Money money() {
            if (!Money.CURRENCY.equals(currency)) {
                throw new UnreadableMessage("currency: " + currency + " (expected: " + Money.CURRENCY + ")");
            }
            if (amount < 0) {
                throw new UnreadableMessage("amount: " + amount + " (expected: 0 or more)");
            }
            return Money.ofWon(amount);
        }

        static long notNegative(String field, long won) {
            if (won < 0) {
                throw new UnreadableMessage(field + ": " + won + " (expected: 0 or more)");
            }
            return won;
        }

        TenantId tenant() {
            return tenant(tenantId);
        }

        static TenantId tenant(@Nullable String tenantId) {
            try {
                return new TenantId(required("tenantId", tenantId));
            } catch (IllegalArgumentException e) {
                throw new UnreadableMessage(String.valueOf(e.getMessage()), e);
            }
        }

        static String text(String field, @Nullable String value) {
            String text = required(field, value);
            // As the database counts: a character beyond the first 65,536 is one, though Java stores two units of it.
            int length = text.codePointCount(0, text.length());
            if (text.isBlank() || length > MAX_TEXT_LENGTH || text.codePoints().anyMatch(Body::isUnprintable)) {
                throw new UnreadableMessage(
                        field + ": " + length + " characters (expected: 1 to " + MAX_TEXT_LENGTH + ", printable)");
            }
            return text;
        }

        private static boolean isUnprintable(int codePoint) {
            return Character.isISOControl(codePoint) || Character.getType(codePoint) == Character.SURROGATE;
        }

        static <T> T required(String field, @Nullable T value) {
            if (value == null) {
                throw new UnreadableMessage(field + ": missing");
            }
            return value;
        }
    }

    /** Only what is needed of what is told about billing methods. */
    record MethodBody(
            @Nullable UUID billingMethodId,
            @Nullable String tenantId,
            @Nullable Instant registeredAt,
            @Nullable Instant removedAt) {

        static MethodBody read(byte @Nullable [] body) {
            return Body.read(body, MethodBody.class);
        }

        TenantId tenant() {
            return Body.tenant(tenantId);
        }
    }
}
