package dev.wonflow.sandbox.virtualaccount;

import dev.wonflow.sandbox.instrument.Instrument;
import dev.wonflow.sandbox.instrument.PaymentMethod;
import dev.wonflow.sandbox.merchant.ApiVersion;
import dev.wonflow.sandbox.mint.Mint;
import dev.wonflow.sandbox.payment.Acceptance;
import dev.wonflow.sandbox.payment.Payment;
import dev.wonflow.sandbox.payment.PaymentChanges;
import dev.wonflow.sandbox.payment.PaymentStatus;
import dev.wonflow.sandbox.payment.Payments;
import dev.wonflow.sandbox.receipt.CashReceiptRequest;
import dev.wonflow.sandbox.receipt.IssuedCashReceipt;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Pays into a virtual account, and takes back what was paid in. */
@Component
public class DepositPayment {

    private final Payments payments;
    private final PaymentChanges changes;
    private final Mint mint;
    private final Clock clock;

    DepositPayment(Payments payments, PaymentChanges changes, Mint mint, Clock clock) {
        this.payments = payments;
        this.changes = changes;
        this.mint = mint;
        this.clock = clock;
    }

    /** Deposits the exact amount in the name of the buyer; otherwise as {@link #deposit(String, Long, String)}. */
    public Optional<Payment> deposit(String paymentKey) {
        return deposit(paymentKey, null, null);
    }

    /**
     * Deposits an amount.
     *
     * @param amountMinor null for what the account expects; the bank refuses anything else
     * @param depositor whose name the transfer carries; null for that of the buyer
     * @return the payment, now DONE; empty if there is none
     * @throws NoDepositTaken if the payment has no account that takes this deposit
     */
    public Optional<Payment> deposit(String paymentKey, @Nullable Long amountMinor, @Nullable String depositor) {
        Optional<Payment> deposited =
                payments.change(paymentKey, payment -> deposited(payment, amountMinor, depositor));
        deposited.ifPresent(changes::changed);
        return deposited;
    }

    /**
     * Has the bank of the buyer take the deposit back (입금 오류): the account waits for another one, or up to version 1.4
     * the payment is cancelled.
     *
     * @return the payment after it; empty if there is none
     * @throws NoDepositTaken if nothing is there to be taken back
     */
    public Optional<Payment> reverse(String paymentKey) {
        Optional<Payment> reversed = payments.change(paymentKey, this::reversed);
        reversed.ifPresent(changes::changed);
        return reversed;
    }

    /** Takes one deposit back; one that was cancelled or taken back before stays as it is. */
    void reverse(String paymentKey, String deposit) {
        AtomicBoolean reversed = new AtomicBoolean();
        Optional<Payment> after = payments.change(paymentKey, payment -> {
            reversed.set(payment.status() == PaymentStatus.DONE && deposit.equals(payment.lastTransactionKey()));
            return reversed.get() ? reversed(payment) : payment;
        });
        if (reversed.get()) {
            after.ifPresent(changes::changed);
        }
    }

    private Payment deposited(Payment payment, @Nullable Long amountMinor, @Nullable String depositor) {
        Instant now = clock.instant();
        Acceptance acceptance = payment.acceptance();
        if (payment.status() == PaymentStatus.WAITING_FOR_DEPOSIT
                && acceptance != null
                && acceptance.instrument() instanceof Instrument.VirtualAccount account
                && !account.isExpired(now)
                && (amountMinor == null || amountMinor == payment.session().amountMinor())) {
            Instrument paidIn = account.paidInBy(depositor == null ? account.customerName() : depositor);
            return payment.deposited(acceptance.paid(
                    now, mint.transactionKey(PaymentMethod.VIRTUAL_ACCOUNT), paidIn, receipt(payment, now)));
        }
        throw new NoDepositTaken(payment);
    }

    private Payment reversed(Payment payment) {
        Acceptance acceptance = payment.acceptance();
        if (payment.status() == PaymentStatus.DONE
                && acceptance != null
                && acceptance.instrument() instanceof Instrument.VirtualAccount account) {
            Acceptance unpaid =
                    acceptance.unpaid(mint.transactionKey(PaymentMethod.VIRTUAL_ACCOUNT), account.paidInBy(null));
            return payment.session().openedWith().apiVersion().isAtLeast(ApiVersion.V2022_06_08)
                    ? payment.depositReversed(unpaid)
                    : payment.canceledByReversal(unpaid);
        }
        throw new NoDepositTaken(payment);
    }

    private @Nullable IssuedCashReceipt receipt(Payment payment, Instant now) {
        CashReceiptRequest request = payment.session().terms().cashReceipt();
        return request == null ? null : IssuedCashReceipt.issue(request, mint, now);
    }
}
