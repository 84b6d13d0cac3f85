package dev.wonflow.sandbox.receipt;

import dev.wonflow.sandbox.receipt.IssuedCashReceipt.Decision;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Decides about the receipts that come with payments, and their cancels, as it does about those that are asked for on
 * their own: after a while, or on demand.
 */
@Component
public class TaxOffice {

    private final ReceiptSettings settings;
    private final Clock clock;

    TaxOffice(ReceiptSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * What it says of a request.
     *
     * @param failure why it refused; null unless it did
     */
    public record Answer(
            CashReceipt.Status status, @Nullable NtsFailure failure) {}

    /**
     * Tells how a request stands.
     *
     * @param key of the receipt, or of its cancels
     * @param requestedAt when that was asked for
     */
    public Answer answer(IssuedCashReceipt receipt, String key, Instant requestedAt) {
        Decision decision = receipt.decision(key, requestedAt);
        if (decision == null) {
            Instant decidedAt = requestedAt.plus(settings.decidedAfter());
            if (clock.instant().isBefore(decidedAt)) {
                return new Answer(CashReceipt.Status.IN_PROGRESS, null);
            }
            decision = new Decision(refusal(receipt, key), decidedAt);
        }
        return new Answer(decision.status(), decision.refusal());
    }

    private static @Nullable NtsFailure refusal(IssuedCashReceipt receipt, String key) {
        String customer = receipt.customerIdentityNumber();
        return customer == null || !key.equals(receipt.receiptKey())
                ? null
                : NtsFailure.of(customer.replace("-", "")).orElse(null);
    }

    /**
     * Decides about a request before its time.
     *
     * @param key of the receipt, or of its cancels, which are decided about together
     * @param requestedAt when that was asked for
     * @param refusal null if it agrees
     * @throws AlreadyDecided if it has spoken
     */
    public IssuedCashReceipt decide(
            IssuedCashReceipt receipt, String key, Instant requestedAt, @Nullable NtsFailure refusal) {
        CashReceipt.Status status = answer(receipt, key, requestedAt).status();
        if (status != CashReceipt.Status.IN_PROGRESS) {
            throw new AlreadyDecided(key, status);
        }
        return receipt.decided(key, new Decision(refusal, clock.instant()));
    }
}
