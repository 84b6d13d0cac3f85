package dev.wonflow.sandbox.payment;

import dev.wonflow.sandbox.assumption.Assumptions;
import dev.wonflow.sandbox.error.Refused;
import dev.wonflow.sandbox.error.TossError;
import dev.wonflow.sandbox.fault.Fault;
import dev.wonflow.sandbox.fault.Faults;
import dev.wonflow.sandbox.merchant.KeyPair;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Takes the money for an authenticated payment (결제 승인). */
@Component
public class ConfirmPayment {

    private final Payments payments;
    private final ExpirePayments expirePayments;
    private final PaymentChanges changes;
    private final Faults faults;
    private final Mint mint;
    private final Instruments instruments;
    private final Assumptions assumptions;
    private final Clock clock;

    ConfirmPayment(
            Payments payments,
            ExpirePayments expirePayments,
            PaymentChanges changes,
            Faults faults,
            Mint mint,
            Instruments instruments,
            Assumptions assumptions,
            Clock clock) {
        this.payments = payments;
        this.expirePayments = expirePayments;
        this.changes = changes;
        this.faults = faults;
        this.mint = mint;
        this.instruments = instruments;
        this.assumptions = assumptions;
        this.clock = clock;
    }

    /**
     * Confirms a payment: a card is charged, a virtual account issued.
     *
     * @param amountWon what the merchant believes the payment to be about
     * @throws Refused if Toss would refuse; after a definite decline the payment is ABORTED
     */
    public Payment confirm(KeyPair keys, String paymentKey, String orderId, long amountWon) {
        expirePayments.ifDue(paymentKey);
        Payment after = payments.change(paymentKey, payment -> {
                    check(payment, keys, orderId, amountWon);
                    Optional<Fault> declined = faults.strike(Fault.Operation.CONFIRM, Fault.Kind.DECLINE, orderId);
                    return declined.map(fault -> declined(payment, fault.code()))
                            .orElseGet(() -> payment.accepted(acceptance(payment)));
                })
                .orElseThrow(() -> new Refused(assumptions.confirmOfUnknownPayment()));
        changes.changed(after);
        if (after.failure() != null) {
            throw new Refused(after.failure());
        }
        return after;
    }

    private void check(Payment payment, KeyPair keys, String orderId, long amountWon) {
        if (!payment.session().openedWith().equals(keys)) {
            throw new Refused(TossError.INVALID_API_KEY);
        }
        switch (payment.status()) {
            case IN_PROGRESS -> {}
            case READY -> throw new Refused(assumptions.confirmBeforeAuthentication());
            case EXPIRED -> throw new Refused(TossError.NOT_FOUND_PAYMENT_SESSION);
            case WAITING_FOR_DEPOSIT, DONE, CANCELED, PARTIAL_CANCELED, ABORTED ->
                throw new Refused(TossError.ALREADY_PROCESSED_PAYMENT);
        }
        if (!payment.orderId().equals(orderId) || payment.session().amountWon() != amountWon) {
            throw new Refused(assumptions.confirmOfAnotherOrder());
        }
    }

    private Payment declined(Payment payment, @Nullable TossError code) {
        TossError why = code == null ? TossError.REJECT_CARD_COMPANY : code;
        if (why.isDecline() && assumptions.abortedByDecline()) {
            return payment.aborted(why);
        }
        // A temporary or unclear refusal leaves the payment as it was: it can be confirmed again.
        throw new Refused(why);
    }

    private Acceptance acceptance(Payment payment) {
        Choice choice = chosen(payment);
        choice.method().refusalOf(payment.session().amountWon()).ifPresent(why -> {
            throw new Refused(why);
        });
        Instant now = clock.instant();
        boolean account = choice.method() == PaymentMethod.VIRTUAL_ACCOUNT;
        return new Acceptance(
                account ? null : now,
                mint.transactionKey(),
                account || assumptions.secretOfCards() ? mint.secret() : null,
                instruments.of(choice, payment.session(), now),
                choice.method() == PaymentMethod.EASY_PAY ? 0 : choice.discountWon(),
                receipt(choice, payment.session(), now));
    }

    private static Choice chosen(Payment payment) {
        return Objects.requireNonNullElseGet(
                payment.choice(), () -> Choice.of(payment.session().method()));
    }

    /** A transfer is paid at once, and its receipt comes with it; that of a virtual account comes with the deposit. */
    private @Nullable IssuedCashReceipt receipt(Choice choice, Session session, Instant now) {
        CashReceiptRequest request = session.terms().cashReceipt();
        return request == null || choice.method() != PaymentMethod.TRANSFER ? null : mint.cashReceipt(request, now);
    }
}
