package dev.wonflow.sandbox.payment;

import dev.wonflow.sandbox.assumption.Assumptions;
import dev.wonflow.sandbox.clock.Schedule;
import dev.wonflow.sandbox.error.Refused;
import dev.wonflow.sandbox.error.TossError;
import dev.wonflow.sandbox.fault.Fault;
import dev.wonflow.sandbox.fault.Faults;
import dev.wonflow.sandbox.instrument.PaymentMethod;
import dev.wonflow.sandbox.merchant.KeyPair;
import dev.wonflow.sandbox.mint.Mint;
import dev.wonflow.sandbox.receipt.CashReceiptRequest;
import dev.wonflow.sandbox.receipt.IssuedCashReceipt;
import dev.wonflow.sandbox.session.Choice;
import dev.wonflow.sandbox.session.Session;
import dev.wonflow.sandbox.state.Gate;
import dev.wonflow.sandbox.telephone.TelephoneBills;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Takes the money for an authenticated payment (결제 승인). */
@Component
public class ConfirmPayment {

    private final Payments payments;
    private final ExpirePayments expirePayments;
    private final PaymentChanges changes;
    private final Faults faults;
    private final TelephoneBills telephoneBills;
    private final Mint mint;
    private final Instruments instruments;
    private final Assumptions assumptions;
    private final PaymentSettings settings;
    private final Schedule schedule;
    private final Gate gate;
    private final Clock clock;
    /** Keys of the payments a confirm is running for. */
    private final Set<String> running = ConcurrentHashMap.newKeySet();

    ConfirmPayment(
            Payments payments,
            ExpirePayments expirePayments,
            PaymentChanges changes,
            Faults faults,
            TelephoneBills telephoneBills,
            Mint mint,
            Instruments instruments,
            Assumptions assumptions,
            PaymentSettings settings,
            Schedule schedule,
            Gate gate,
            Clock clock) {
        this.payments = payments;
        this.expirePayments = expirePayments;
        this.changes = changes;
        this.faults = faults;
        this.telephoneBills = telephoneBills;
        this.mint = mint;
        this.instruments = instruments;
        this.assumptions = assumptions;
        this.settings = settings;
        this.schedule = schedule;
        this.gate = gate;
        this.clock = clock;
    }

    /**
     * Confirms a payment: a card is charged, a virtual account issued.
     *
     * @param amountMinor what the merchant believes the payment to be about
     * @throws Refused if Toss would refuse; after a definite decline the payment is ABORTED
     */
    public Payment confirm(KeyPair keys, String paymentKey, String orderId, long amountMinor) {
        if (!assumptions.concurrentConfirmFails()) {
            return confirmInTurn(keys, paymentKey, orderId, amountMinor);
        }
        if (!running.add(paymentKey)) {
            throw Refused.inOtherWords(
                    TossError.FAILED_PAYMENT_INTERNAL_SYSTEM_PROCESSING,
                    "[S008] 기존 요청을 처리중입니다.",
                    "[S008] An earlier request is still being processed.");
        }
        try {
            return confirmInTurn(keys, paymentKey, orderId, amountMinor);
        } finally {
            running.remove(paymentKey);
        }
    }

    private Payment confirmInTurn(KeyPair keys, String paymentKey, String orderId, long amountMinor) {
        takeTime();
        expirePayments.ifDue(paymentKey);
        AtomicReference<@Nullable TossError> refusal = new AtomicReference<>();
        Payment after = payments.change(paymentKey, payment -> {
                    check(payment, keys, orderId, amountMinor);
                    Optional<TossError> why = refusalOf(payment);
                    refusal.set(why.orElse(null));
                    return why.map(code -> refused(payment, code)).orElseGet(() -> accepted(payment));
                })
                .orElseThrow(() -> new Refused(assumptions.confirmOfUnknownPayment()));
        changes.changed(after);
        TossError why = refusal.get();
        if (why != null) {
            throw new Refused(why);
        }
        return after;
    }

    private void takeTime() {
        if (settings.confirmTakes().isPositive()) {
            CompletableFuture<Boolean> over = schedule.reached(clock.instant().plus(settings.confirmTakes()));
            if (!gate.waitOutside(over) || !over.join()) {
                // The books were put back meanwhile, and this confirm is in none of them; or the sandbox stops.
                throw new Refused(TossError.UNKNOWN_PAYMENT_ERROR);
            }
        }
    }

    private void check(Payment payment, KeyPair keys, String orderId, long amountMinor) {
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
        if (!payment.orderId().equals(orderId) || payment.session().amountMinor() != amountMinor) {
            throw new Refused(assumptions.confirmOfAnotherOrder());
        }
    }

    private Optional<TossError> refusalOf(Payment payment) {
        return faults.strike(Fault.Operation.CONFIRM, Fault.Kind.DECLINE, payment.orderId())
                .map(fault -> fault.code() == null ? TossError.REJECT_CARD_COMPANY : fault.code())
                .or(() -> chosen(payment).method().refusalOf(payment.session().amountMinor()))
                .or(() -> putOnTelephoneBill(payment)
                        ? Optional.empty()
                        : Optional.of(TossError.EXCEED_MAX_MONTHLY_PAYMENT_AMOUNT));
    }

    /** The last thing that can refuse, since it charges the bill at once. */
    private boolean putOnTelephoneBill(Payment payment) {
        String telephone = payment.session().buyer().mobilePhone();
        return chosen(payment).method() != PaymentMethod.MOBILE_PHONE
                || telephone == null
                || telephoneBills.charge(telephone, payment.session().amountMinor());
    }

    private Payment refused(Payment payment, TossError why) {
        if (why.isDecline() && assumptions.abortedByDecline()) {
            return payment.aborted(why);
        }
        if (why.isTemporary() && assumptions.acceptedDespiteTemporaryError()) {
            boolean _ = putOnTelephoneBill(payment);
            return accepted(payment);
        }
        // A temporary or unclear refusal leaves the payment as it was: it can be confirmed again.
        throw new Refused(why);
    }

    private Payment accepted(Payment payment) {
        return payment.accepted(acceptance(payment));
    }

    private Acceptance acceptance(Payment payment) {
        Choice choice = chosen(payment);
        Instant now = clock.instant();
        boolean account = choice.method() == PaymentMethod.VIRTUAL_ACCOUNT;
        return new Acceptance(
                account ? null : now,
                mint.transactionKey(choice.method()),
                hasSecret(payment.session(), account) ? mint.secret() : null,
                instruments.of(choice, payment.session(), now),
                choice.method() == PaymentMethod.EASY_PAY ? 0 : choice.discountMinor(),
                receipt(choice, payment.session(), now));
    }

    /** A payment from overseas was seen without one. */
    private boolean hasSecret(Session session, boolean account) {
        return account || (assumptions.secretOfCards() && session.overseas() == null);
    }

    private static Choice chosen(Payment payment) {
        return Objects.requireNonNullElseGet(payment.choice(), () -> Choice.of(payment.session()));
    }

    /** A transfer is paid at once, and its receipt comes with it; that of a virtual account comes with the deposit. */
    private @Nullable IssuedCashReceipt receipt(Choice choice, Session session, Instant now) {
        CashReceiptRequest request = session.terms().cashReceipt();
        return request == null || choice.method() != PaymentMethod.TRANSFER
                ? null
                : IssuedCashReceipt.issue(request, mint, now);
    }
}
