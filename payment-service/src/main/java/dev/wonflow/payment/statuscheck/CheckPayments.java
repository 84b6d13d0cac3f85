package dev.wonflow.payment.statuscheck;

import dev.wonflow.payment.PaymentId;
import dev.wonflow.payment.PaymentKey;
import dev.wonflow.payment.gateway.Attempt;
import dev.wonflow.payment.gateway.Failure;
import dev.wonflow.payment.gateway.GatewayFinding;
import dev.wonflow.payment.gateway.GatewayOutcome;
import dev.wonflow.payment.gateway.GatewayPayment;
import dev.wonflow.payment.gateway.PaymentGateway;
import dev.wonflow.payment.gateway.quota.TossQuota;
import dev.wonflow.payment.gateway.quota.Use;
import dev.wonflow.payment.payment.Attempts;
import dev.wonflow.payment.payment.CloseAccount;
import dev.wonflow.payment.payment.OpenAccount;
import dev.wonflow.payment.payment.Payment;
import dev.wonflow.payment.payment.PaymentNotFound;
import dev.wonflow.payment.payment.PaymentStatus;
import dev.wonflow.payment.payment.Payments;
import dev.wonflow.payment.payment.SettlePayment;
import dev.wonflow.payment.payment.StatusCheckProperties;
import dev.wonflow.payment.payment.StatusChecks;
import dev.wonflow.payment.webhook.Grade;
import dev.wonflow.payment.webhook.Webhooks;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/**
 * Asks Toss about payments whose outcome is not known, and about those a webhook hinted at, and has the answers taken
 * in. Never gives up and never decides by time alone.
 */
@Service
public class CheckPayments {

    private static final Logger log = LoggerFactory.getLogger(CheckPayments.class);

    /** Pause after an answer that a person has to look at: asking faster changes nothing. */
    private static final Duration ALARM_PAUSE = Duration.ofHours(6);

    /** A fault of Toss's that passes within the hour must not leave an unwanted account open for six. */
    private static final int TRIES_UNTIL_ALARM_PAUSE = 12;

    private final StatusCheckQueue queue;
    private final StatusChecks statusChecks;
    private final Payments payments;
    private final Attempts attempts;
    private final Webhooks webhooks;
    private final PaymentGateway gateway;
    private final SettlePayment settlePayment;
    private final OpenAccount openAccount;
    private final CloseAccount closeAccount;
    private final StatusCheckProperties properties;
    private final Clock clock;
    private final TossQuota quota;
    private final Backoff backoff;

    CheckPayments(
            StatusCheckQueue queue,
            StatusChecks statusChecks,
            Payments payments,
            Attempts attempts,
            Webhooks webhooks,
            PaymentGateway gateway,
            SettlePayment settlePayment,
            OpenAccount openAccount,
            CloseAccount closeAccount,
            TossQuota quota,
            Backoff backoff,
            StatusCheckProperties properties,
            Clock clock) {
        this.queue = queue;
        this.statusChecks = statusChecks;
        this.payments = payments;
        this.attempts = attempts;
        this.webhooks = webhooks;
        this.gateway = gateway;
        this.settlePayment = settlePayment;
        this.openAccount = openAccount;
        this.closeAccount = closeAccount;
        this.properties = properties;
        this.clock = clock;
        this.quota = quota;
        this.backoff = backoff;
    }

    /** A status check whose turn it is, and what its question is granted for. */
    record Turn(Use use, StatusCheck check) {}

    /** What a look for the next status check led to. */
    sealed interface Look {

        record Found(Turn turn) implements Look {}

        /** One is due, but Toss may not be asked just now, or another instance has it. */
        record Busy() implements Look {}

        /** None is due for this time, as far as this instance knows. */
        record Nothing(Duration yet) implements Look {}
    }

    /**
     * Works off the status check whose turn it is.
     *
     * @return how many there were, 0 or 1
     */
    public int runOnce() {
        if (look() instanceof Look.Found(Turn turn)) {
            take(turn);
            return 1;
        }
        return 0;
    }

    /** Claims the status check whose turn it is, if Toss may be asked. */
    Look look() {
        Instant now = clock.instant();
        Set<Use> due = queue.due(now);
        Optional<Use> granted = quota.take(due);
        if (granted.isEmpty()) {
            return due.isEmpty() ? new Look.Nothing(untilNext(now)) : new Look.Busy();
        }
        Optional<StatusCheck> claimed = queue.claim(granted.get(), now, now.plus(properties.lease()));
        if (claimed.isEmpty()) {
            // Another instance was faster.
            quota.giveBack(granted.get());
            return new Look.Busy();
        }
        return new Look.Found(new Turn(granted.get(), claimed.get()));
    }

    private Duration untilNext(Instant now) {
        Duration longest = properties.pollInterval();
        return queue.nextDue(now)
                .map(next -> Duration.between(now, next))
                .filter(next -> next.compareTo(longest) < 0)
                .orElse(longest);
    }

    /**
     * Asks Toss, and has the answer taken in.
     *
     * @throws RuntimeException whatever stood in the way; the status check is tried again, if need be when its lease
     *     ends
     */
    void take(Turn turn) {
        StatusCheck check = turn.check();
        try {
            if (!ask(check, turn.use() == Use.HINTED)) {
                quota.giveBack(turn.use());
            }
        } catch (RuntimeException e) {
            // In a service that is stopping neither Toss nor the database can be heard any more.
            if (!Thread.currentThread().isInterrupted()) {
                again(check, clock.instant().plus(backoff.after(check.tries())));
            }
            throw e;
        }
    }

    /** Leaves a status check that nobody has begun to others, and its question to the quota. */
    void giveBack(Turn turn) {
        quota.giveBack(turn.use());
        queue.giveBack(turn.check());
    }

    /**
     * Asks.
     *
     * @param hint whether only webhooks wanted to know, and not we ourselves
     * @return whether Toss was asked
     */
    private boolean ask(StatusCheck check, boolean hint) {
        Payment payment = require(check.paymentId());
        List<Webhooks.Pending> hints = webhooks.pending(payment.id());
        if (hint
                && !payment.status().isUndecided()
                && hints.stream().allMatch(pending -> pending.isKnownFrom(payment))) {
            answer(hints, Webhooks.Pending::grade, Webhooks.Outcome.ALREADY_KNOWN);
            done(check.answering(hints), check.fruitless());
            return false;
        }
        PaymentKey asked = payment.keyToAskFor();
        GatewayFinding finding = asked == null ? gateway.find(payment.orderId()) : gateway.find(asked);
        SettlePayment.Settled settled = settlePayment.finding(payment.id(), asked, payment.version(), finding);
        boolean answered = finding instanceof GatewayFinding.Seen || finding instanceof GatewayFinding.Absent;
        if (answered) {
            answer(hints, pending -> pending.gradeAfter(finding), outcomeOf(settled));
        }
        Payment latest = settled.payment();
        if (latest.status().isUndecided()) {
            pursue(check, settled, finding);
        } else if (latest.isAccountAsked()) {
            goOnOpening(check, latest, finding);
        } else if (closeAccount.isDue(latest, finding)) {
            close(check, latest, finding);
        } else if (answered && !isToBeClosed(latest)) {
            done(check.answering(hints), settled.changed() ? 0 : check.fruitless() + (hint ? 1 : 0));
        } else {
            again(check, clock.instant().plus(backoff.after(check.tries())));
        }
        return true;
    }

    private void goOnOpening(StatusCheck check, Payment payment, GatewayFinding finding) {
        switch (openAccount.goOn(payment.id(), finding)) {
            case OpenAccount.Progress.Over _ -> done(check, 0);
            case OpenAccount.Progress.Running(Instant until) -> again(check, until);
            case OpenAccount.Progress.Open _ -> again(check, clock.instant().plus(backoff.after(check.tries())));
        }
    }

    private static boolean isToBeClosed(Payment payment) {
        return payment.status() == PaymentStatus.WAITING_FOR_DEPOSIT && payment.isOrderClosed();
    }

    private void close(StatusCheck check, Payment payment, GatewayFinding finding) {
        PaymentKey key = ((GatewayFinding.Seen) finding).gatewayPayment().paymentKey();
        switch (closeAccount.close(payment, key)) {
            case CLOSED -> done(check, 0);
            case OPEN -> closeAgain(check, payment, backoff.after(check.tries()));
            case STUCK ->
                closeAgain(
                        check,
                        payment,
                        check.tries() < TRIES_UNTIL_ALARM_PAUSE ? backoff.after(check.tries()) : ALARM_PAUSE);
        }
    }

    private void closeAgain(StatusCheck check, Payment payment, Duration pause) {
        if (isToBeClosed(payment)) {
            again(check, clock.instant().plus(pause));
            return;
        }
        // A payment that has ended is of no interest to anybody but us: a webhook's hint would not be asked again.
        Duration longer = pause.compareTo(properties.maxDelay()) < 0 ? properties.maxDelay() : pause;
        statusChecks.require(payment.id(), clock.instant().plus(longer));
        done(check, 0);
    }

    /** Goes after a payment Toss's answer has not decided. */
    private void pursue(StatusCheck check, SettlePayment.Settled settled, GatewayFinding finding) {
        Payment payment = settled.payment();
        Instant now = clock.instant();
        Instant orphanedAt = payment.changedAt().plus(properties.orphanAfter());
        if (payment.status() == PaymentStatus.CONFIRMING && now.isBefore(orphanedAt)) {
            // Only a webhook made us ask. The call is still under way, and its own answer is better.
            again(check, orphanedAt);
            PaymentStatus latest = require(payment.id()).status();
            if (!latest.isUndecided() && latest != PaymentStatus.WAITING_FOR_DEPOSIT) {
                // It came just now, before the date was put off. A deposit's own looks are planned already.
                statusChecks.release(payment.id(), now.plus(properties.hintDelay()));
            }
            return;
        }
        Attempt attempt = attemptOf(payment);
        boolean windowOpen = now.isBefore(attempt.startedAt().plus(properties.confirmWindow()));
        GatewayOutcome next = nextOutcome(payment, attempt, finding, windowOpen);
        Payment latest = settlePayment
                .outcome(payment.id(), attempt.paymentKey(), payment.version(), next)
                .payment();
        if (latest.status().isUndecided()) {
            boolean contradicted = settled.alarming() && finding instanceof GatewayFinding.Seen;
            Duration delay = contradicted && !windowOpen ? ALARM_PAUSE : backoff.after(check.tries());
            log.warn(
                    "Payment {} still not known after {} (Toss: {}); asked again in {}",
                    payment.id(),
                    Duration.between(attempt.startedAt(), now),
                    describe(finding),
                    delay);
            again(check, clock.instant().plus(delay));
        } else {
            done(check, 0);
        }
    }

    private GatewayOutcome nextOutcome(Payment payment, Attempt attempt, GatewayFinding finding, boolean windowOpen) {
        return switch (finding) {
            case GatewayFinding.Seen(var state, GatewayPayment gatewayPayment, var _)
            when state == GatewayFinding.State.IN_PROGRESS
                    && windowOpen
                    && gatewayPayment.fits(attempt)
                    && !payment.isOrderClosed() ->
                // Authenticated and never confirmed: the call is repeated, under the key it had.
                gateway.confirm(attempt);
            case GatewayFinding.Seen(var state, GatewayPayment gatewayPayment, var _)
            when state.isBeforeMoney()
                    && !windowOpen
                    && gatewayPayment.isOfKey(attempt)
                    && !gatewayPayment.fits(attempt) ->
                // Opened for something else, and never confirmed: we do not, and Toss lets nobody any more.
                new GatewayOutcome.Declined(new Failure(Failure.WINDOW_DIFFERS, null));
            case GatewayFinding.Absent(String code)
            when !windowOpen ->
                // Toss forgets only what was never charged, and cannot charge it any more.
                new GatewayOutcome.Declined(new Failure(code, null));
            case GatewayFinding.Seen seen ->
                new GatewayOutcome.Unknown(seen.state().name());
            case GatewayFinding.Absent(String code) -> new GatewayOutcome.Unknown(code);
            case GatewayFinding.Unclear(String cause) -> new GatewayOutcome.Unknown(cause);
            case GatewayFinding.OurFault(String code) -> new GatewayOutcome.Unknown(code);
        };
    }

    private Attempt attemptOf(Payment payment) {
        PaymentKey key = payment.paymentKey();
        if (key == null) {
            throw new IllegalStateException("payment " + payment.id() + " is "
                    + payment.status().text() + " without a paymentKey (expected: the key of the attempt under way)");
        }
        return attempts.find(key)
                .orElseThrow(() -> new IllegalStateException(
                        "payment " + payment.id() + ": no attempt " + key + " (expected: the attempt under way)"));
    }

    private Payment require(PaymentId id) {
        return payments.findById(id).orElseThrow(() -> new PaymentNotFound(id));
    }

    private void answer(
            List<Webhooks.Pending> hints, Function<Webhooks.Pending, Grade> grade, Webhooks.Outcome outcome) {
        Instant now = clock.instant();
        for (Webhooks.Pending hint : hints) {
            webhooks.answer(hint, outcome, grade.apply(hint), now);
        }
    }

    private static Webhooks.Outcome outcomeOf(SettlePayment.Settled settled) {
        if (settled.alarming()) {
            return Webhooks.Outcome.INCIDENT;
        }
        return settled.changed() ? Webhooks.Outcome.APPLIED : Webhooks.Outcome.NO_CHANGE;
    }

    private static String describe(GatewayFinding finding) {
        return switch (finding) {
            case GatewayFinding.Seen seen -> seen.state().name();
            case GatewayFinding.Absent(String code) -> code;
            case GatewayFinding.Unclear(String cause) -> cause;
            case GatewayFinding.OurFault(String code) -> code;
        };
    }

    private void done(StatusCheck check, int fruitless) {
        Instant now = clock.instant();
        queue.done(check, fruitless, now, now.plus(backoff.afterHint(fruitless)));
    }

    private void again(StatusCheck check, Instant due) {
        Instant now = clock.instant();
        queue.again(check, now, due, now.plus(backoff.afterHint(check.fruitless())));
    }
}
