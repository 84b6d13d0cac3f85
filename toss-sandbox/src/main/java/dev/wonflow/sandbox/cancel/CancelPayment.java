package dev.wonflow.sandbox.cancel;

import dev.wonflow.sandbox.assumption.Assumptions;
import dev.wonflow.sandbox.clock.SandboxClock;
import dev.wonflow.sandbox.customer.CustomerClocks;
import dev.wonflow.sandbox.error.Refused;
import dev.wonflow.sandbox.error.TossError;
import dev.wonflow.sandbox.fault.Fault;
import dev.wonflow.sandbox.fault.Faults;
import dev.wonflow.sandbox.institution.EasyPayProvider;
import dev.wonflow.sandbox.instrument.Instrument;
import dev.wonflow.sandbox.instrument.Refund;
import dev.wonflow.sandbox.instrument.RefundAccount;
import dev.wonflow.sandbox.merchant.Merchant;
import dev.wonflow.sandbox.mint.Mint;
import dev.wonflow.sandbox.payment.Acceptance;
import dev.wonflow.sandbox.payment.Amounts;
import dev.wonflow.sandbox.payment.Cancel;
import dev.wonflow.sandbox.payment.CancelStatus;
import dev.wonflow.sandbox.payment.ExpirePayments;
import dev.wonflow.sandbox.payment.Payment;
import dev.wonflow.sandbox.payment.PaymentChanges;
import dev.wonflow.sandbox.payment.PaymentStatus;
import dev.wonflow.sandbox.payment.Payments;
import dev.wonflow.sandbox.receipt.IssuedCashReceipt;
import dev.wonflow.sandbox.session.PaymentType;
import dev.wonflow.sandbox.session.Session;
import dev.wonflow.sandbox.telephone.TelephoneBills;
import dev.wonflow.sandbox.virtualaccount.RefundDeposits;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Gives money back (결제 취소), all of it or a part. */
@Component
public class CancelPayment {

    private static final Duration TRANSFER_REFUNDABLE = Duration.ofDays(180);
    private static final Duration PAYPAL_REFUNDABLE = Duration.ofDays(180);
    private static final Duration VIRTUAL_ACCOUNT_REFUNDABLE = Duration.ofDays(365);

    /** A payment tells of each of its cancels in every answer, so there is an end to them; Toss publishes none. */
    private static final int MOST_CANCELS = 300;

    private static final int LONGEST_REASON = 200;
    private static final int SHORTEST_REQUEST_ID = 6;
    private static final int LONGEST_REQUEST_ID = 64;

    private final Payments payments;
    private final ExpirePayments expirePayments;
    private final RefundDeposits refundDeposits;
    private final TelephoneBills telephoneBills;
    private final FinishCancels finishCancels;
    private final Faults faults;
    private final PaymentChanges changes;
    private final Mint mint;
    private final Assumptions assumptions;
    private final CustomerClocks clocks;

    CancelPayment(
            Payments payments,
            ExpirePayments expirePayments,
            RefundDeposits refundDeposits,
            TelephoneBills telephoneBills,
            FinishCancels finishCancels,
            Faults faults,
            PaymentChanges changes,
            Mint mint,
            Assumptions assumptions,
            CustomerClocks clocks) {
        this.payments = payments;
        this.expirePayments = expirePayments;
        this.refundDeposits = refundDeposits;
        this.telephoneBills = telephoneBills;
        this.finishCancels = finishCancels;
        this.faults = faults;
        this.changes = changes;
        this.mint = mint;
        this.assumptions = assumptions;
        this.clocks = clocks;
    }

    /**
     * What the merchant asks for; amounts are in the minor unit of the currency of the payment.
     *
     * @param amountMinor null for all that is left
     * @param taxFreeMinor part of the amount that carried no VAT
     * @param taxExemptionMinor part of the amount that was no price at all
     * @param currency null for that of the payment
     * @param refundableMinor what the merchant believes is left; null if it does not say
     * @param refundTo account of the buyer; needed only once a virtual account was paid into
     * @param requestId the merchant's name for a cancel overseas; not looked at in Korea
     */
    public record Request(
            String reason,
            @Nullable Long amountMinor,
            long taxFreeMinor,
            long taxExemptionMinor,
            @Nullable String currency,
            @Nullable Long refundableMinor,
            @Nullable RefundTo refundTo,
            @Nullable String requestId) {}

    /** An account as the merchant names it. */
    public record RefundTo(
            @Nullable String bank,
            @Nullable String accountNumber,
            @Nullable String holderName) {}

    /**
     * Cancels a payment of the merchant.
     *
     * @return the payment with one more cancel
     * @throws Refused if Toss would refuse; then nothing has changed
     */
    public Payment cancel(Merchant merchant, String paymentKey, Request request) {
        check(request);
        expirePayments.ifDue(paymentKey);
        Payment after = payments.change(paymentKey, payment -> {
                    if (!payment.session().openedWith().merchant().equals(merchant)) {
                        throw new Refused(TossError.NOT_FOUND_PAYMENT);
                    }
                    return canceled(payment, request);
                })
                .orElseThrow(() -> new Refused(TossError.NOT_FOUND_PAYMENT));
        String telephone = after.session().buyer().mobilePhone();
        if (telephone != null && after.instrument() instanceof Instrument.MobilePhone) {
            telephoneBills.giveBack(telephone, after.cancels().getLast().amountMinor());
        }
        if (after.cancels().getLast().status() == CancelStatus.IN_PROGRESS) {
            // No money has moved yet, so nobody is told.
            finishCancels.watch(after);
        } else {
            changes.changed(after);
        }
        return after;
    }

    private static void check(Request request) {
        if (request.reason().isBlank() || request.reason().length() > LONGEST_REASON) {
            throw new Refused(TossError.INVALID_REQUEST);
        }
        if (request.amountMinor() != null && request.amountMinor() <= 0) {
            throw new Refused(TossError.BELOW_ZERO_AMOUNT);
        }
        if (request.taxFreeMinor() < 0 || request.taxExemptionMinor() < 0) {
            throw new Refused(TossError.INVALID_REQUEST);
        }
    }

    private Payment canceled(Payment payment, Request request) {
        Acceptance acceptance = switch (payment.status()) {
            case WAITING_FOR_DEPOSIT, DONE, PARTIAL_CANCELED -> Objects.requireNonNull(payment.acceptance());
            case CANCELED -> throw new Refused(TossError.ALREADY_CANCELED_PAYMENT);
            case READY, IN_PROGRESS, ABORTED, EXPIRED -> throw new Refused(assumptions.cancelOfOtherStatus());
        };
        Amounts amounts = payment.amounts();
        if (request.currency() != null
                && !request.currency().equals(payment.session().currency().name())) {
            throw new Refused(TossError.INVALID_CURRENCY);
        }
        if (request.refundableMinor() != null && request.refundableMinor() != amounts.balanceMinor()) {
            throw new Refused(TossError.NOT_MATCHES_REFUNDABLE_AMOUNT);
        }
        long amountMinor = Objects.requireNonNullElse(request.amountMinor(), amounts.balanceMinor());
        if (amountMinor > amounts.balanceMinor() || amounts.balanceMinor() == 0) {
            throw new Refused(TossError.NOT_CANCELABLE_AMOUNT);
        }
        if (payment.cancels().size() >= MOST_CANCELS) {
            throw new Refused(TossError.EXCEED_CANCEL_LIMIT);
        }
        if (amountMinor < amounts.balanceMinor() || payment.status() == PaymentStatus.PARTIAL_CANCELED) {
            checkPart(payment, acceptance, amountMinor);
        }
        Instant now = clocks.now(chargedCustomer(payment));
        if (isTooLate(acceptance, now)) {
            throw new Refused(TossError.EXCEED_MAX_REFUND_DUE);
        }
        checkRefundAccount(payment, acceptance, request.refundTo());
        boolean overseas = payment.session().overseas() != null;
        if (overseas) {
            checkRequestId(payment, request.requestId());
        }
        Amounts left = left(amounts, amountMinor, request);
        if (overseas ? assumptions.overseasCancelInProgress() : takesItsTime(payment, acceptance)) {
            return payment.cancelAsked(
                    cancel(payment, acceptance, request, amountMinor, left, now, CancelStatus.IN_PROGRESS), left);
        }
        return payment.canceled(
                cancel(payment, acceptance, request, amountMinor, left, now, CancelStatus.DONE),
                left,
                afterCancel(payment, acceptance, amountMinor, request.refundTo()),
                assumptions.canceledByTheLastPart());
    }

    /** What goes back of a deposit is on its way anyway, and a telephone bill is another's to correct. */
    private boolean takesItsTime(Payment payment, Acceptance acceptance) {
        return switch (acceptance.instrument()) {
            case Instrument.Card _, Instrument.EasyPay _, Instrument.Transfer _, Instrument.GiftCertificate _ ->
                faults.strike(Fault.Operation.CANCEL, Fault.Kind.CANCEL_IN_PROGRESS, payment.orderId())
                        .isPresent();
            case Instrument.VirtualAccount _, Instrument.MobilePhone _ -> false;
        };
    }

    /** By whose time it was dated, and is given back; null if by nobody's in particular. */
    static @Nullable String chargedCustomer(Payment payment) {
        Session session = payment.session();
        return session.type() == PaymentType.BILLING ? session.buyer().customerKey() : null;
    }

    private static void checkPart(Payment payment, Acceptance acceptance, long amountMinor) {
        if (payment.status() == PaymentStatus.WAITING_FOR_DEPOSIT) {
            throw new Refused(TossError.NOT_ALLOWED_PARTIAL_REFUND_WAITING_DEPOSIT);
        }
        if (!payment.isPartialCancelable()) {
            throw new Refused(TossError.NOT_ALLOWED_PARTIAL_REFUND);
        }
        if (payment.cancels().isEmpty() && amountMinor < acceptance.discountMinor()) {
            throw new Refused(TossError.EXCEED_CANCEL_AMOUNT_DISCOUNT_AMOUNT);
        }
    }

    /** What a cancel does to the amounts; one of all that is left takes what is untaxed with it, named or not. */
    private static Amounts left(Amounts amounts, long amountMinor, Request request) {
        if (request.taxFreeMinor() > amounts.taxFreeMinor()
                || request.taxExemptionMinor() > amounts.taxExemptionMinor()
                || request.taxFreeMinor() > amountMinor - request.taxExemptionMinor()) {
            throw new Refused(TossError.INVALID_REQUEST);
        }
        return amounts.without(amountMinor, request.taxFreeMinor(), request.taxExemptionMinor());
    }

    /** A card can be cancelled at any time; a telephone bill only in the month it is for. */
    private static boolean isTooLate(Acceptance acceptance, Instant now) {
        Instant approvedAt = acceptance.approvedAt();
        if (approvedAt == null) {
            return false;
        }
        return switch (acceptance.instrument()) {
            case Instrument.Transfer _ -> now.isAfter(approvedAt.plus(TRANSFER_REFUNDABLE));
            case Instrument.VirtualAccount _ -> now.isAfter(approvedAt.plus(VIRTUAL_ACCOUNT_REFUNDABLE));
            case Instrument.MobilePhone _ -> !month(now).equals(month(approvedAt));
            case Instrument.EasyPay easyPay
            when easyPay.provider() == EasyPayProvider.PAYPAL -> now.isAfter(approvedAt.plus(PAYPAL_REFUNDABLE));
            case Instrument.Card _, Instrument.EasyPay _, Instrument.GiftCertificate _ -> false;
        };
    }

    private void checkRequestId(Payment payment, @Nullable String requestId) {
        if (requestId == null
                ? assumptions.cancelRequestIdRequired()
                : requestId.length() < SHORTEST_REQUEST_ID || requestId.length() > LONGEST_REQUEST_ID) {
            throw new Refused(TossError.INVALID_REQUEST);
        }
        if (requestId != null
                && assumptions.cancelRequestIdOnce()
                && payment.cancels().stream().anyMatch(cancel -> requestId.equals(cancel.requestId()))) {
            throw new Refused(TossError.DUPLICATED_REQUEST);
        }
    }

    private static YearMonth month(Instant instant) {
        return YearMonth.from(instant.atZone(SandboxClock.SEOUL));
    }

    /** Before the deposit, and for other methods, an account is not looked at. */
    private void checkRefundAccount(Payment payment, Acceptance acceptance, @Nullable RefundTo to) {
        if (payment.status() == PaymentStatus.WAITING_FOR_DEPOSIT
                || !(acceptance.instrument() instanceof Instrument.VirtualAccount)) {
            return;
        }
        if (to == null || to.bank() == null || to.accountNumber() == null || to.holderName() == null) {
            throw new Refused(assumptions.cancelWithoutRefundAccount());
        }
        RefundAccount _ = RefundAccount.of(to.bank(), to.accountNumber(), to.holderName());
    }

    private Cancel cancel(
            Payment payment,
            Acceptance acceptance,
            Request request,
            long amountMinor,
            Amounts left,
            Instant now,
            CancelStatus status) {
        IssuedCashReceipt receipt = acceptance.cashReceipt();
        return new Cancel(
                amountMinor,
                request.reason(),
                payment.amounts().taxFreeMinor() - left.taxFreeMinor(),
                payment.amounts().taxExemptionMinor() - left.taxExemptionMinor(),
                left.balanceMinor(),
                discountBack(payment, acceptance, amountMinor),
                now,
                mint.transactionKey(acceptance.instrument().method()),
                receipt == null ? null : receipt.cancelKey(),
                status,
                payment.session().overseas() == null ? null : request.requestId());
    }

    /** An instant discount goes back with the first cancel; points go back last, when no other money is left. */
    private static long discountBack(Payment payment, Acceptance acceptance, long amountMinor) {
        if (acceptance.instrument() instanceof Instrument.EasyPay easyPay) {
            long pointsLeftMinor =
                    Math.min(easyPay.pointsMinor(), payment.amounts().balanceMinor());
            long moneyLeftMinor = payment.amounts().balanceMinor() - pointsLeftMinor;
            return Math.max(0, amountMinor - moneyLeftMinor);
        }
        return payment.cancels().isEmpty() ? acceptance.discountMinor() : 0;
    }

    private Acceptance afterCancel(Payment payment, Acceptance acceptance, long amountMinor, @Nullable RefundTo to) {
        if (payment.status() == PaymentStatus.WAITING_FOR_DEPOSIT
                || !(acceptance.instrument() instanceof Instrument.VirtualAccount account)) {
            return acceptance;
        }
        boolean whole = amountMinor == payment.amounts().totalMinor();
        String accountNumber = to == null || to.accountNumber() == null ? "" : to.accountNumber();
        List<Refund> refunds = Stream.concat(
                        account.refunds().stream(), Stream.of(refundDeposits.begin(whole, accountNumber)))
                .toList();
        return acceptance.with(account.refunded(refunds));
    }
}
