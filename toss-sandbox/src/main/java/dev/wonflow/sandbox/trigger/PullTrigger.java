package dev.wonflow.sandbox.trigger;

import dev.wonflow.runtime.IdSource;
import dev.wonflow.sandbox.cancel.CancelPayment;
import dev.wonflow.sandbox.cancel.FinishCancels;
import dev.wonflow.sandbox.clock.Schedule;
import dev.wonflow.sandbox.currency.Currency;
import dev.wonflow.sandbox.error.Refused;
import dev.wonflow.sandbox.fault.Fault;
import dev.wonflow.sandbox.fault.FaultPlan;
import dev.wonflow.sandbox.fault.Faults;
import dev.wonflow.sandbox.institution.EasyPayProvider;
import dev.wonflow.sandbox.instrument.Instrument;
import dev.wonflow.sandbox.instrument.PaymentMethod;
import dev.wonflow.sandbox.order.Buyer;
import dev.wonflow.sandbox.payment.Cancel;
import dev.wonflow.sandbox.payment.CancelStatus;
import dev.wonflow.sandbox.payment.ConfirmPayment;
import dev.wonflow.sandbox.payment.FindPayment;
import dev.wonflow.sandbox.payment.OpenPayment;
import dev.wonflow.sandbox.payment.Payment;
import dev.wonflow.sandbox.payment.PaymentStatus;
import dev.wonflow.sandbox.payment.Payments;
import dev.wonflow.sandbox.session.Overseas;
import dev.wonflow.sandbox.session.Session;
import dev.wonflow.sandbox.session.Terms;
import dev.wonflow.sandbox.state.Gate;
import dev.wonflow.sandbox.virtualaccount.DepositPayment;
import dev.wonflow.sandbox.window.AnswerWindow;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes something happen the way a merchant's server, a buyer and a bank would, step by step. */
@Component
public class PullTrigger {

    static final String ORDER_NAME = "연습 주문";

    /** A minute more than a payment window lives. */
    private static final Duration TOO_LATE = Duration.ofMinutes(31);

    private final Payments payments;
    private final FindPayment findPayment;
    private final OpenPayment openPayment;
    private final AnswerWindow answerWindow;
    private final ConfirmPayment confirmPayment;
    private final CancelPayment cancelPayment;
    private final DepositPayment depositPayment;
    private final FinishCancels finishCancels;
    private final PullBillingTrigger billing;
    private final PullPayoutTrigger payouts;
    private final Faults faults;
    private final Schedule schedule;
    private final Gate gate;
    private final IdSource ids;

    PullTrigger(
            Payments payments,
            FindPayment findPayment,
            OpenPayment openPayment,
            AnswerWindow answerWindow,
            ConfirmPayment confirmPayment,
            CancelPayment cancelPayment,
            DepositPayment depositPayment,
            FinishCancels finishCancels,
            PullBillingTrigger billing,
            PullPayoutTrigger payouts,
            Faults faults,
            Schedule schedule,
            Gate gate,
            IdSource ids) {
        this.payments = payments;
        this.findPayment = findPayment;
        this.openPayment = openPayment;
        this.answerWindow = answerWindow;
        this.confirmPayment = confirmPayment;
        this.cancelPayment = cancelPayment;
        this.depositPayment = depositPayment;
        this.finishCancels = finishCancels;
        this.billing = billing;
        this.payouts = payouts;
        this.faults = faults;
        this.schedule = schedule;
        this.gate = gate;
        this.ids = ids;
    }

    /**
     * Makes it happen. Must be called outside the gate, since the clock may be moved.
     *
     * @throws StepRefused if a step was refused that should not have been
     */
    public Outcome pull(Trigger trigger, Wish wish) {
        Steps steps = new Steps(gate);
        return switch (trigger) {
            case PAYMENT_DONE -> end(steps, confirmed(steps, payment(steps, wish, PaymentMethod.CARD)));
            case PAYMENT_DECLINED -> end(steps, declined(steps, payment(steps, wish, PaymentMethod.CARD), wish));
            case PAYMENT_CANCELED ->
                end(steps, canceled(steps, confirmed(steps, payment(steps, wish, PaymentMethod.CARD)), null));
            case PAYMENT_PARTIALLY_CANCELED ->
                end(steps, partiallyCanceled(steps, confirmed(steps, payment(steps, wish, PaymentMethod.CARD)), wish));
            case PAYMENT_EXPIRED -> end(steps, expired(steps, payment(steps, wish, PaymentMethod.CARD)));
            case VA_ISSUED -> end(steps, confirmed(steps, payment(steps, wish, PaymentMethod.VIRTUAL_ACCOUNT)));
            case VA_DEPOSIT -> end(steps, deposited(steps, payment(steps, wish, PaymentMethod.VIRTUAL_ACCOUNT)));
            case VA_REVERSAL ->
                end(steps, reversed(steps, deposited(steps, payment(steps, wish, PaymentMethod.VIRTUAL_ACCOUNT))));
            case VA_CANCELED ->
                end(
                        steps,
                        canceled(steps, confirmed(steps, payment(steps, wish, PaymentMethod.VIRTUAL_ACCOUNT)), null));
            case CANCEL_DONE -> end(steps, cancelEnded(steps, wish, CancelStatus.DONE));
            case CANCEL_ABORTED -> end(steps, cancelEnded(steps, wish, CancelStatus.ABORTED));
            case BILLING_ISSUED -> billing.issued(steps, wish);
            case BILLING_CHARGED -> end(steps, billing.charged(steps, wish, orderOf(wish)));
            case BILLING_DELETED -> billing.deleted(steps, wish);
            case SELLER_CHANGED -> payouts.sellerChanged(steps, wish);
            case PAYOUT_CHANGED -> payouts.payoutChanged(steps, wish);
        };
    }

    private Payment payment(Steps steps, Wish wish, PaymentMethod method) {
        String paymentKey = wish.paymentKey();
        if (paymentKey != null) {
            return take(
                    steps,
                    "the payment is read",
                    () -> findPayment.byKey(wish.keys().merchant(), paymentKey));
        }
        String orderId = wish.orderId();
        if (orderId != null
                && !payments.ofOrder(wish.keys().merchant().mId(), orderId).isEmpty()) {
            return take(
                    steps,
                    "the payment is read",
                    () -> findPayment.byOrder(wish.keys().merchant(), orderId));
        }
        return take(steps, "the shop opens a payment", () -> openPayment.open(wish.keys(), session(wish, method)));
    }

    private OpenPayment.Request session(Wish wish, PaymentMethod method) {
        String nowhere = wish.base() + "/sdk/finished";
        return new OpenPayment.Request(
                orderOf(wish),
                ORDER_NAME,
                method,
                wish.amountMinor(),
                0,
                0,
                Buyer.UNKNOWN,
                Terms.USUAL,
                method == PaymentMethod.FOREIGN_EASY_PAY
                        ? new Overseas(Currency.USD, EasyPayProvider.PAYPAL, "US")
                        : null,
                null,
                nowhere,
                nowhere,
                wish.base() + "/window/");
    }

    private String orderOf(Wish wish) {
        return Optional.ofNullable(wish.orderId()).orElseGet(() -> "trigger-" + ids.next());
    }

    /** Goes on from wherever the payment is, as far as the confirm. */
    private Payment confirmed(Steps steps, Payment payment) {
        return switch (payment.status()) {
            case READY, IN_PROGRESS -> confirm(steps, authenticated(steps, payment));
            case WAITING_FOR_DEPOSIT, DONE, PARTIAL_CANCELED -> payment;
            case CANCELED, ABORTED, EXPIRED ->
                throw new StepRefused(
                        "payment " + payment.paymentKey(),
                        payment.status() + ", and it goes nowhere from there (expected: one that can still be paid;"
                                + " where neither an order nor a payment is named, a new one is opened)");
        };
    }

    private Payment authenticated(Steps steps, Payment payment) {
        if (payment.status() != PaymentStatus.READY) {
            return payment;
        }
        return take(steps, "the buyer authenticates", () -> {
            Optional<String> _ = answerWindow.authenticate(payment.paymentKey());
            return read(payment);
        });
    }

    private Payment confirm(Steps steps, Payment payment) {
        return take(
                steps,
                "the shop confirms",
                () -> confirmPayment.confirm(
                        payment.session().openedWith(),
                        payment.paymentKey(),
                        payment.orderId(),
                        payment.session().amountMinor()));
    }

    private Payment declined(Steps steps, Payment payment, Wish wish) {
        Payment authenticated = authenticated(steps, payment);
        return take(steps, "the shop confirms, and is refused", () -> {
            Fault refusal = faults.arm(FaultPlan.of(Map.of(
                    "kind", Fault.Kind.DECLINE.name(),
                    "operation", Fault.Operation.CONFIRM.label(),
                    "code", wish.code().name(),
                    "orderId", payment.orderId())));
            try {
                Payment paid = confirmPayment.confirm(
                        authenticated.session().openedWith(),
                        authenticated.paymentKey(),
                        authenticated.orderId(),
                        authenticated.session().amountMinor());
                throw new StepRefused("payment " + paid.paymentKey(), paid.status() + ", it was not refused");
            } catch (Refused refused) {
                if (refused.error() != wish.code()) {
                    throw refused;
                }
                return read(payment);
            } finally {
                boolean _ = faults.disarm(refusal.id());
            }
        });
    }

    private Payment expired(Steps steps, Payment payment) {
        schedule.advance(TOO_LATE);
        steps.took("half an hour and a minute pass", "");
        return take(steps, "the payment is read", () -> read(payment));
    }

    private Payment canceled(Steps steps, Payment payment, @Nullable Long amountMinor) {
        CancelPayment.RefundTo refundTo =
                payment.instrument() instanceof Instrument.VirtualAccount && payment.status() == PaymentStatus.DONE
                        ? new CancelPayment.RefundTo("20", "1002123456789", "김하늘")
                        : null;
        return take(
                steps,
                "the shop cancels",
                () -> cancelPayment.cancel(
                        payment.session().openedWith().merchant(),
                        payment.paymentKey(),
                        new CancelPayment.Request("고객 변심", amountMinor, 0, 0, null, null, refundTo, null)));
    }

    private Payment partiallyCanceled(Steps steps, Payment payment, Wish wish) {
        Long asked = wish.cancelMinor();
        return canceled(
                steps, payment, asked == null ? Math.max(1, payment.amounts().balanceMinor() / 3) : asked);
    }

    private Payment cancelEnded(Steps steps, Wish wish, CancelStatus end) {
        Payment asked = canceled(
                steps, confirmed(steps, payment(steps, wish, PaymentMethod.FOREIGN_EASY_PAY)), wish.cancelMinor());
        Cancel cancel = asked.cancels().getLast();
        if (cancel.status() != CancelStatus.IN_PROGRESS) {
            throw new StepRefused(
                    "payment " + asked.paymentKey(),
                    "its cancel is " + cancel.status() + " at once (expected: a payment by overseas easy pay)");
        }
        return take(
                steps,
                "the provider answers",
                () -> finishCancels
                        .finish(asked.paymentKey(), cancel.transactionKey(), end)
                        .orElse(asked));
    }

    private Payment deposited(Steps steps, Payment payment) {
        Payment issued = confirmed(steps, payment);
        return issued.status() == PaymentStatus.DONE
                ? issued
                : take(
                        steps,
                        "the deposit arrives",
                        () -> depositPayment.deposit(issued.paymentKey()).orElse(issued));
    }

    private Payment reversed(Steps steps, Payment payment) {
        return take(
                steps,
                "the bank takes it back",
                () -> depositPayment.reverse(payment.paymentKey()).orElse(payment));
    }

    private Payment read(Payment payment) {
        return findPayment.byKey(payment.session().openedWith().merchant(), payment.paymentKey());
    }

    private static Payment take(Steps steps, String what, Supplier<Payment> step) {
        return steps.take(what, step, payment -> payment.status().name());
    }

    private static String amount(Session session) {
        Currency in = session.currency();
        return in == Currency.KRW ? session.amountMinor() + " won" : in.name() + " " + in.digits(session.amountMinor());
    }

    private static Outcome end(Steps steps, Payment payment) {
        return steps.end(
                "Payment " + payment.paymentKey() + " of order " + payment.orderId() + " over "
                        + amount(payment.session()) + " is " + payment.status() + ".",
                payment.orderId());
    }
}
