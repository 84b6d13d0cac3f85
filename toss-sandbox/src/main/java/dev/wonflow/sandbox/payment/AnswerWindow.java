package dev.wonflow.sandbox.payment;

import dev.wonflow.sandbox.assumption.Assumptions;
import dev.wonflow.sandbox.error.TossError;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.stereotype.Component;

/**
 * What a buyer does in the payment window. Every answer is the address the browser goes to next, empty if there is no
 * such payment.
 */
@Component
public class AnswerWindow {

    private final Payments payments;
    private final ExpirePayments expirePayments;
    private final PaymentChanges changes;
    private final PaymentSettings settings;
    private final Assumptions assumptions;
    private final Clock clock;

    AnswerWindow(
            Payments payments,
            ExpirePayments expirePayments,
            PaymentChanges changes,
            PaymentSettings settings,
            Assumptions assumptions,
            Clock clock) {
        this.payments = payments;
        this.expirePayments = expirePayments;
        this.changes = changes;
        this.settings = settings;
        this.assumptions = assumptions;
        this.clock = clock;
    }

    /**
     * Authenticates with the method the payment was opened with. Not payment yet: money moves at confirm.
     *
     * @throws IllegalTransition if the payment is past authentication; asking twice before confirm is harmless
     */
    public Optional<String> authenticate(String paymentKey) {
        return payments.find(paymentKey)
                .flatMap(payment -> authenticate(paymentKey, payment.session().method()));
    }

    /** Authenticates with a method of choice; otherwise as {@link #authenticate(String)}. */
    public Optional<String> authenticate(String paymentKey, PaymentMethod method) {
        expirePayments.ifDue(paymentKey);
        AtomicBoolean moved = new AtomicBoolean();
        Optional<Payment> authenticated = payments.change(paymentKey, payment -> {
            if (payment.status() == PaymentStatus.IN_PROGRESS) {
                return payment;
            }
            moved.set(true);
            return payment.authenticated(method, clock.instant().plus(settings.confirmWithin()));
        });
        if (moved.get()) {
            authenticated.ifPresent(expirePayments::watch);
        }
        return authenticated.map(Redirect::authenticated);
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
        return declined.map(payment -> Redirect.failed(payment, why, locale));
    }

    /** Gives up. Nothing changes and nobody is told: the payment waits until it expires. */
    public Optional<String> cancel(String paymentKey, Locale locale) {
        return expirePayments.ifDue(paymentKey).map(payment -> Redirect.cancelled(payment, locale));
    }
}
