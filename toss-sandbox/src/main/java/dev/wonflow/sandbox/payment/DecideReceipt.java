package dev.wonflow.sandbox.payment;

import dev.wonflow.sandbox.receipt.AlreadyDecided;
import dev.wonflow.sandbox.receipt.IssuedCashReceipt;
import dev.wonflow.sandbox.receipt.NtsFailure;
import dev.wonflow.sandbox.receipt.TaxOffice;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Has the tax office decide about the cash receipt of a payment, or the cancels of it, before its time. */
@Component
public class DecideReceipt {

    private final Payments payments;
    private final TaxOffice taxOffice;

    DecideReceipt(Payments payments, TaxOffice taxOffice) {
        this.payments = payments;
        this.taxOffice = taxOffice;
    }

    /**
     * Agrees or refuses, at once.
     *
     * @param receiptKey of the receipt, or of its cancels; null for the receipt
     * @param refusal null to agree
     * @return the payment after it; empty if there is none
     * @throws NoReceipt if it has no such receipt or cancel
     * @throws AlreadyDecided if the tax office has spoken
     */
    public Optional<Payment> decide(String paymentKey, @Nullable String receiptKey, @Nullable NtsFailure refusal) {
        return payments.change(paymentKey, payment -> decided(payment, receiptKey, refusal));
    }

    private Payment decided(Payment payment, @Nullable String receiptKey, @Nullable NtsFailure refusal) {
        Acceptance acceptance = payment.acceptance();
        IssuedCashReceipt receipt = acceptance == null ? null : acceptance.cashReceipt();
        if (acceptance == null || receipt == null) {
            throw new NoReceipt(payment.paymentKey());
        }
        String key = receiptKey == null ? receipt.receiptKey() : receiptKey;
        Instant asked = requestedAt(payment, receipt, key).orElseThrow(() -> new NoReceipt(payment.paymentKey()));
        return payment.with(acceptance.with(taxOffice.decide(receipt, key, asked, refusal)));
    }

    private static Optional<Instant> requestedAt(Payment payment, IssuedCashReceipt receipt, String key) {
        return key.equals(receipt.receiptKey())
                ? Optional.of(receipt.requestedAt())
                : payment.cancels().reversed().stream()
                        .filter(cancel -> key.equals(cancel.receiptKey()) && cancel.status() == CancelStatus.DONE)
                        .map(Cancel::canceledAt)
                        .findFirst();
    }
}
