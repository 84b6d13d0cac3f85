package dev.wonflow.sandbox.window;

import dev.wonflow.sandbox.assumption.Assumptions;
import dev.wonflow.sandbox.error.Refused;
import dev.wonflow.sandbox.error.TossError;
import dev.wonflow.sandbox.payment.ExpirePayments;
import dev.wonflow.sandbox.payment.Payment;
import dev.wonflow.sandbox.payment.PaymentChanges;
import dev.wonflow.sandbox.payment.PaymentStatus;
import dev.wonflow.sandbox.payment.Payments;
import dev.wonflow.sandbox.session.Choice;
import dev.wonflow.sandbox.session.Session;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.springframework.stereotype.Component;

/**
 * What a buyer does in the payment window. Every answer is the address the browser goes to next, empty if there is no
 * such payment or nobody waits for it in a browser.
 */
@Component
public class AnswerWindow {

    private final Payments payments;
    private final ExpirePayments expirePayments;
    private final PaymentChanges changes;
    private final Assumptions assumptions;

    AnswerWindow(Payments payments, ExpirePayments expirePayments, PaymentChanges changes, Assumptions assumptions) {
        this.payments = payments;
        this.expirePayments = expirePayments;
        this.changes = changes;
        this.assumptions = assumptions;
    }

    /**
     * Authenticates with the method the payment was opened with. Not payment yet: money moves at confirm.
     *
     * @throws IllegalTransition if the payment is past authentication; asking twice before confirm is harmless
     */
    public Optional<String> authenticate(String paymentKey) {
        return authenticate(paymentKey, Choice::of);
    }

    /**
     * Authenticates with what the buyer chose; otherwise as {@link #authenticate(String)}.
     *
     * @throws Refused if no window would offer the choice for this amount
     */
    public Optional<String> authenticate(String paymentKey, Function<Session, Choice> chosen) {
        expirePayments.ifDue(paymentKey);
        AtomicBoolean moved = new AtomicBoolean();
        Optional<Payment> authenticated = payments.change(paymentKey, payment -> {
            if (payment.status() == PaymentStatus.IN_PROGRESS) {
                return payment;
            }
            Choice choice = chosen.apply(payment.session());
            choice.check(payment.session());
            moved.set(true);
            return payment.authenticated(choice, expirePayments.confirmUntil());
        });
        if (moved.get()) {
            authenticated.ifPresent(expirePayments::watch);
        }
        return authenticated.flatMap(Redirect::authenticated);
    }

    /**
     * Has the authentication declined.
     *
     * @throws IllegalTransition if the payment has ended
     */
    public Optional<String> decline(String paymentKey, TossError why, Locale locale) {
        expirePayments.ifDue(paymentKey);
        Optional<Payment> declined =
                payments.change(paymentKey, payment -> assumptions.abortedInWindow() ? payment.aborted(why) : payment);
        if (assumptions.abortedInWindow()) {
            declined.ifPresent(changes::changed);
        }
        return declined.flatMap(payment -> Redirect.failed(payment, why, locale));
    }

    /** Gives up. Nothing changes and nobody is told: the payment waits until it expires. */
    public Optional<String> cancel(String paymentKey, Locale locale) {
        return expirePayments.ifDue(paymentKey).flatMap(payment -> Redirect.cancelled(payment, locale));
    }
}
