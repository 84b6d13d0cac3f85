package dev.wonflow.payment.payment;

import dev.wonflow.payment.PaymentKey;
import dev.wonflow.payment.gateway.Closing;
import dev.wonflow.payment.gateway.ClosingOutcome;
import dev.wonflow.payment.gateway.GatewayFinding;
import dev.wonflow.payment.gateway.PaymentGateway;
import dev.wonflow.payment.incident.Incident;
import dev.wonflow.payment.incident.Incidents;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/** Closes the virtual account of a payment that must take no money any more: intent and commit, call Toss, settle. */
@Service
public class CloseAccount {

    private static final Logger log = LoggerFactory.getLogger(CloseAccount.class);

    /** A permanent refusal can come under a code that sounds temporary, so that counting has to end it. */
    private static final int REFUSALS_UNTIL_ALARM = 3;

    private final Closings closings;
    private final PaymentGateway gateway;
    private final SettlePayment settlePayment;
    private final Incidents incidents;
    private final DepositProperties properties;
    private final Clock clock;

    CloseAccount(
            Closings closings,
            PaymentGateway gateway,
            SettlePayment settlePayment,
            Incidents incidents,
            DepositProperties properties,
            Clock clock) {
        this.closings = closings;
        this.gateway = gateway;
        this.settlePayment = settlePayment;
        this.incidents = incidents;
        this.properties = properties;
        this.clock = clock;
    }

    /** How it went. */
    public enum Result {
        /** Toss takes no deposit any more. */
        CLOSED,
        /** Not known, or refused; ask, and close again if the account still waits. */
        OPEN,
        /** Refused again and again, and reported. */
        STUCK
    }

    /** Whether what Toss was seen with is an account that could still take a deposit nobody wants. */
    public boolean isDue(Payment payment, GatewayFinding finding) {
        return isOpen(payment, finding, clock.instant(), properties.grace()) && isUnwanted(payment);
    }

    /** Whether Toss was seen with an account of the order that could still take a deposit. */
    static boolean isOpen(Payment payment, @Nullable GatewayFinding finding, Instant now, Duration grace) {
        return finding instanceof GatewayFinding.Seen seen
                && seen.takesDeposit(now, grace)
                && seen.gatewayPayment().orderId().equals(payment.orderId());
    }

    private static boolean isUnwanted(Payment payment) {
        return switch (payment.status()) {
            case WAITING_FOR_DEPOSIT -> payment.isOrderClosed();
            case CANCELED -> true;
            case REQUESTED, CONFIRMING, UNKNOWN, PAID, FAILED, PARTIALLY_REFUNDED, REFUNDED -> false;
        };
    }

    /**
     * Closes it; no transaction is open. Repeating it is safe: of one account that takes no deposit nothing more can be
     * cancelled, and Toss refuses to cancel a deposit without an account to send it back to.
     *
     * @param key of the account, which Toss was just seen waiting with
     */
    public Result close(Payment payment, PaymentKey key) {
        Closing closing = closings.begin(payment.id(), key, payment.orderId(), clock.instant());
        return switch (gateway.close(closing)) {
            case ClosingOutcome.Answered(GatewayFinding.Seen seen) -> {
                closings.answered(closing, seen.state().name(), clock.instant());
                settlePayment.finding(payment.id(), key, payment.version(), seen);
                yield seen.state() == GatewayFinding.State.WAITING_FOR_DEPOSIT ? Result.OPEN : Result.CLOSED;
            }
            case ClosingOutcome.Refused(String code) -> {
                Instant now = clock.instant();
                closings.answered(closing, code, now);
                log.warn("Toss did not close the account of payment {}: {}", payment.id(), code);
                if (closing.number() < REFUSALS_UNTIL_ALARM) {
                    yield Result.OPEN;
                }
                incidents.report(new Incident(
                        payment.id(),
                        Incident.Kind.ACCOUNT_NOT_CLOSED,
                        "closing answered " + code + " (expected: closed; cancel the account in Toss's console)",
                        now));
                yield Result.STUCK;
            }
            case ClosingOutcome.Unknown(String cause) -> {
                log.warn("Closing the account of payment {} was not answered: {}", payment.id(), cause);
                yield Result.OPEN;
            }
        };
    }
}
