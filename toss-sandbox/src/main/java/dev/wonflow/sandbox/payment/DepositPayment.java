package dev.wonflow.sandbox.payment;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Pays the exact amount into a virtual account. */
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

    /**
     * Deposits the whole amount.
     *
     * @return the payment, now DONE; empty if there is none
     * @throws NoDepositTaken if the payment has no account that takes deposits
     */
    public Optional<Payment> deposit(String paymentKey) {
        Optional<Payment> deposited = payments.change(paymentKey, this::deposited);
        deposited.ifPresent(changes::changed);
        return deposited;
    }

    private Payment deposited(Payment payment) {
        Instant now = clock.instant();
        Acceptance acceptance = payment.acceptance();
        if (payment.status() == PaymentStatus.WAITING_FOR_DEPOSIT
                && acceptance != null
                && acceptance.instrument() instanceof Instrument.VirtualAccount account
                && !account.isExpired(now)) {
            Instrument paidIn = account.paidInBy(account.customerName());
            return payment.deposited(new Acceptance(now, mint.transactionKey(), acceptance.secret(), paidIn));
        }
        throw new NoDepositTaken(payment);
    }
}
