package dev.wonflow.sandbox.receipt;

import dev.wonflow.sandbox.mint.Mint;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A cash receipt issued together with a payment. Immutable.
 *
 * @param issueNumber nine digits
 * @param customerIdentityNumber whom it was issued to; null if the buyer did not say
 * @param onDemand what the tax office was made to decide before its time, by the key of the receipt or of its cancels
 */
public record IssuedCashReceipt(
        CashReceiptType type,
        String receiptKey,
        String issueNumber,
        @Nullable String customerIdentityNumber,
        Instant requestedAt,
        @Nullable Map<String, Decision> onDemand) {

    private static final String CANCEL_PREFIX = "c_";

    /** A state file of a version without decisions on demand has none. */
    public IssuedCashReceipt {
        onDemand = onDemand == null ? Map.of() : Map.copyOf(onDemand);
    }

    /**
     * What the tax office decided.
     *
     * @param refusal why it refused; null if it agreed
     * @param at of what had been asked for by then
     */
    public record Decision(@Nullable NtsFailure refusal, Instant at) {

        CashReceipt.Status status() {
            return refusal == null ? CashReceipt.Status.COMPLETED : CashReceipt.Status.FAILED;
        }
    }

    /** Issues one, with a key and a number of its own. */
    public static IssuedCashReceipt issue(CashReceiptRequest request, Mint mint, Instant now) {
        return new IssuedCashReceipt(
                request.type(), mint.receiptKey(), mint.issueNumber(), request.registrationNumber(), now, null);
    }

    /** The key of all its cancels. */
    public String cancelKey() {
        return CANCEL_PREFIX + receiptKey;
    }

    /** What was decided on demand about a request; null if nothing was. */
    @Nullable
    Decision decision(String key, Instant asked) {
        Decision decision = onDemand == null ? null : onDemand.get(key);
        return decision == null || asked.isAfter(decision.at()) ? null : decision;
    }

    IssuedCashReceipt decided(String key, Decision decision) {
        Map<String, Decision> all = onDemand == null ? new HashMap<>() : new HashMap<>(onDemand);
        all.put(key, decision);
        return new IssuedCashReceipt(type, receiptKey, issueNumber, customerIdentityNumber, requestedAt, all);
    }
}
