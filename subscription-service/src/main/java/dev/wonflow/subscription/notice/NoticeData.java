package dev.wonflow.subscription.notice;

import dev.wonflow.money.Money;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a notice says. The names of its parts are those of the event's {@code data} and of the placeholders of
 * templates; what is null is left out there, and with it the line of the template that asks for it.
 */
public sealed interface NoticeData {

    default NoticeKind kind() {
        return NoticeKind.of(getClass());
    }

    /** What it says by name: texts, moments as texts in the form of RFC 3339, and whole numbers, which are won. */
    default Map<String, Object> facts() {
        Map<String, Object> facts = new LinkedHashMap<>();
        for (RecordComponent part : getClass().getRecordComponents()) {
            try {
                Object value = part.getAccessor().invoke(this);
                if (value != null) {
                    facts.put(part.getName(), fact(value));
                }
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(getClass() + ": " + part.getName() + " is not told", e);
            }
        }
        return facts;
    }

    private static Object fact(Object value) {
        return value instanceof Money money ? money.won() : value.toString();
    }

    /**
     * A trial is about to end.
     *
     * @param amount what will be charged; null without a billing method
     * @param chargeAt when; null without a billing method
     * @param endsAt when the plan ends for want of a billing method; null with one
     */
    record TrialEnding(
            String planName,
            @Nullable Money amount,
            @Nullable Instant chargeAt,
            @Nullable Instant endsAt) implements NoticeData {}

    /** The next period will be charged. */
    record RenewalUpcoming(String planName, Money amount, Instant chargeAt) implements NoticeData {}

    /**
     * An invoice was not paid at the first attempt.
     *
     * @param failureCode as {@code payment.charge-failed.v1} has it
     * @param nextAttemptAt null if nothing is tried again by itself
     */
    record PaymentFailed(
            String planName,
            Money amount,
            @Nullable String failureCode,
            @Nullable Instant nextAttemptAt) implements NoticeData {}

    /** An invoice is about to be charged once more. */
    record RetryUpcoming(String planName, Money amount, Instant attemptAt) implements NoticeData {}

    /**
     * An invoice waits for another billing method.
     *
     * @param restrictedAt from when on the plan is restricted unless it is paid; null if it is already, or never
     */
    record NewCardNeeded(
            String planName, Money amount, @Nullable Instant restrictedAt) implements NoticeData {}

    /** An overdue invoice was paid, and the plan is whole again. */
    record Recovered(String planName, Money amount, Instant planExpiresAt) implements NoticeData {}

    /**
     * The plan is restricted until an invoice is paid.
     *
     * @param suspendedAt from when on it is suspended unless it is paid; null: never
     */
    record Restricted(
            String planName, Money amount, @Nullable Instant suspendedAt) implements NoticeData {}

    /**
     * The plan is suspended until an invoice is paid.
     *
     * @param canceledAt from when on it is canceled unless it is paid; null: never
     */
    record Suspended(
            String planName, Money amount, @Nullable Instant canceledAt) implements NoticeData {}

    /**
     * The subscription was canceled.
     *
     * @param endsAt until when the plan can be used
     */
    record Canceled(String planName, Instant endsAt) implements NoticeData {}

    /**
     * The plan will cost something else.
     *
     * @param effectiveAt when the first period with the new price begins
     */
    record PriceChange(String planName, Money oldAmount, Money newAmount, Instant effectiveAt) implements NoticeData {}

    /**
     * An invoice was paid.
     *
     * @param invoiceNumber number of the receipt
     * @param vat part of the amount
     * @param planExpiresAt until when it was paid for
     */
    record Paid(String planName, String invoiceNumber, Money amount, Money vat, Instant paidAt, Instant planExpiresAt)
            implements NoticeData {}

    /**
     * Money of an invoice went back.
     *
     * @param creditNoteNumber number of the credit note; null if there is none
     */
    record Refunded(
            String planName,
            Money amount,
            Instant refundedAt,
            @Nullable String creditNoteNumber) implements NoticeData {}
}
