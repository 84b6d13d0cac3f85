package dev.wonflow.payment.reconciliation;

import dev.wonflow.payment.OrderId;
import dev.wonflow.payment.PaymentId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that the books disagree on about one payment.
 *
 * @param paymentId {@code null} if the order is none of ours
 * @param findings at least one
 */
public record ReconciliationCase(OrderId orderId, @Nullable PaymentId paymentId, List<Finding> findings) {

    public ReconciliationCase {
        findings = List.copyOf(findings);
        if (findings.isEmpty()) {
            throw new IllegalArgumentException("case of order " + orderId + ": no finding (expected: one or more)");
        }
    }

    /** Whether asking Toss about the payment may take in what we missed. */
    boolean isForAStatusCheck() {
        return paymentId != null
                && findings.stream().anyMatch(finding -> finding.difference().isOfMoney());
    }

    /**
     * One disagreement.
     *
     * @param evidence what each side says, with the keys to look it up by
     */
    public record Finding(Difference difference, String evidence) {}
}
