package dev.wonflow.payment.payment;

import dev.wonflow.access.Caller;
import dev.wonflow.payment.PaymentId;
import dev.wonflow.payment.Text;
import dev.wonflow.payment.gateway.Buyer;
import dev.wonflow.payment.gateway.CallRoom;
import dev.wonflow.payment.gateway.Failure;
import dev.wonflow.payment.gateway.GatewayAccount;
import dev.wonflow.payment.gateway.GatewayFinding;
import dev.wonflow.payment.gateway.Opening;
import dev.wonflow.payment.gateway.OpeningOutcome;
import dev.wonflow.payment.gateway.Operation;
import dev.wonflow.payment.gateway.PaymentGateway;
import dev.wonflow.payment.gateway.TossBusy;
import dev.wonflow.payment.incident.Incident;
import dev.wonflow.payment.incident.Incidents;
import dev.wonflow.runtime.CrashPoint;
import dev.wonflow.runtime.IdSource;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Has Toss open a virtual account for a payment without a window: claim and commit, call, settle and commit. What was
 * asked for and not answered is looked for by its order, and asked for again only once Toss shows no account: under the
 * same key if there was no answer, and Toss takes an order once. So a payment has one account at most.
 */
@Service
public class OpenAccount {

    private static final Logger log = LoggerFactory.getLogger(OpenAccount.class);

    /** 168 hours, as Toss does without being told. */
    private static final Duration USUAL_VALIDITY = Duration.ofDays(7);

    /** Toss takes no date beyond. */
    private static final Duration LONGEST_VALIDITY = Duration.ofDays(90);

    private final FindPayment findPayment;
    private final Payments payments;
    private final Openings openings;
    private final VirtualAccounts accounts;
    private final StatusChecks statusChecks;
    private final Incidents incidents;
    private final PaymentGateway gateway;
    private final CallRoom callRoom;
    private final SettlePayment settlePayment;
    private final Changes changes;
    private final StatusCheckProperties statusCheckSettings;
    private final ConfirmProperties properties;
    private final DepositProperties deposit;
    private final IdSource ids;
    private final Clock clock;
    private final TransactionOperations transaction;

    OpenAccount(
            FindPayment findPayment,
            Payments payments,
            Openings openings,
            VirtualAccounts accounts,
            StatusChecks statusChecks,
            Incidents incidents,
            PaymentGateway gateway,
            CallRoom callRoom,
            SettlePayment settlePayment,
            Changes changes,
            StatusCheckProperties statusCheckSettings,
            ConfirmProperties properties,
            DepositProperties deposit,
            IdSource ids,
            Clock clock,
            TransactionOperations transaction) {
        this.findPayment = findPayment;
        this.payments = payments;
        this.openings = openings;
        this.accounts = accounts;
        this.statusChecks = statusChecks;
        this.incidents = incidents;
        this.gateway = gateway;
        this.callRoom = callRoom;
        this.settlePayment = settlePayment;
        this.changes = changes;
        this.statusCheckSettings = statusCheckSettings;
        this.properties = properties;
        this.deposit = deposit;
        this.ids = ids;
        this.clock = clock;
        this.transaction = transaction;
    }

    /**
     * What a shop asks for.
     *
     * @param id of the payment or its order
     * @param bank as Toss takes it
     * @param dueAt until when the account is to take the deposit, as {@link OpenAccount#dueAt} answers it
     */
    public record Request(Caller caller, String id, String bank, Buyer buyer, Instant dueAt) {

        /** The longest name of a bank, in characters. */
        public static final int MAX_BANK = 30;

        public Request {
            Text.require("bank", bank, MAX_BANK);
        }
    }

    /**
     * What came of it.
     *
     * @param account where to pay; empty if that is not known yet, or there is none
     * @param refusal why Toss opened none; {@code null} if it did, or may have
     */
    public record Opened(
            Payment payment,
            Optional<GatewayAccount> account,
            @Nullable Failure refusal) {}

    /** How an opening stands after it was gone on with. */
    public sealed interface Progress {

        /** It is known what became of it. */
        record Over() implements Progress {}

        /** A call may be under way until then. */
        record Running(Instant until) implements Progress {}

        /** Not known; look again after a pause. */
        record Open() implements Progress {}
    }

    /**
     * Until when an account would take the deposit: a week, if nothing else is wanted.
     *
     * @param wanted only without {@code validFor}, which counts from now
     * @throws IllegalArgumentException if both are given, or it is past or further away than Toss takes
     */
    public Instant dueAt(@Nullable Instant wanted, @Nullable Duration validFor) {
        if (wanted != null && validFor != null) {
            throw new IllegalArgumentException("dueAt, validHours: both (expected: one of them, or none)");
        }
        Instant now = clock.instant();
        Instant dueAt = wanted != null ? wanted : now.plus(validFor == null ? USUAL_VALIDITY : validFor);
        Instant whole = dueAt.truncatedTo(ChronoUnit.SECONDS);
        if (!whole.isAfter(now) || whole.isAfter(now.plus(LONGEST_VALIDITY))) {
            throw new IllegalArgumentException("dueAt: " + dueAt + " (expected: later than now, and within "
                    + LONGEST_VALIDITY.toDays() + " days)");
        }
        return whole;
    }

    /**
     * Opens an account, and answers with it.
     *
     * @throws PaymentNotFound if the tenant has no such payment
     * @throws ConfirmRefused if its state does not allow it
     * @throws TossBusy if as many openings as may are waiting for Toss; nothing was begun
     */
    public Opened open(Request request) {
        try (CallRoom.Place place = callRoom.place(Operation.OPEN)) {
            return open(request, place);
        }
    }

    private Opened open(Request request, CallRoom.Place place) {
        PaymentId id = findPayment.find(request.caller().tenant(), request.id()).id();
        Call call = transaction.execute(_ -> claim(id, request, place));
        Optional<Failure> refusal = carriedOut(call);
        Payment payment = payments.findById(id).orElseThrow(() -> new PaymentNotFound(id));
        if (payment.status() == PaymentStatus.CANCELED) {
            throw new ConfirmRefused(
                    payment.isOrderClosed() ? ConfirmRefused.Reason.ORDER_CLOSED : ConfirmRefused.Reason.NOT_OPEN,
                    payment);
        }
        return new Opened(payment, accounts.find(payment).map(KeptAccount::account), refusal.orElse(null));
    }

    /**
     * A call to make.
     *
     * @param asOf version of the payment when it is made
     */
    private record Call(AccountOpening opening, Payment payment, Buyer buyer, long asOf) {

        private Opening request() {
            Purchase purchase = payment.purchase();
            return new Opening(
                    opening.id(),
                    opening.calls(),
                    purchase.orderId(),
                    purchase.orderName(),
                    purchase.amount(),
                    opening.bank(),
                    buyer,
                    opening.dueAt());
        }
    }

    private Call claim(PaymentId id, Request request, CallRoom.Place place) {
        Payment payment = hold(id);
        Instant now = clock.instant();
        requireOpen(payment, now);
        place.require();
        AccountOpening opening = AccountOpening.begun(ids.next(), id, request.bank(), request.dueAt(), now);
        Payment asked = payments.save(payment.accountAsked(now));
        // What Toss answers is not the caller's doing; events and incidents tell of it.
        changes.audit(request.caller(), "payment.open-account", payment, asked, null);
        openings.add(opening, request.buyer());
        // If this process dies during the call, a status check goes on with it.
        statusChecks.require(id, now.plus(statusCheckSettings.orphanAfter()));
        CrashPoint.hit("open.claiming");
        return new Call(opening, asked, request.buyer(), asked.version());
    }

    private void requireOpen(Payment payment, Instant now) {
        switch (payment.status()) {
            case REQUESTED, FAILED -> {}
            case CONFIRMING, UNKNOWN ->
                throw new ConfirmRefused(ConfirmRefused.Reason.ANOTHER_ATTEMPT_RUNNING, payment);
            case WAITING_FOR_DEPOSIT, PAID, CANCELED, PARTIALLY_REFUNDED, REFUNDED ->
                throw new ConfirmRefused(
                        payment.isOrderClosed() ? ConfirmRefused.Reason.ORDER_CLOSED : ConfirmRefused.Reason.NOT_OPEN,
                        payment);
        }
        if (payment.isOrderClosed()) {
            throw new ConfirmRefused(ConfirmRefused.Reason.ORDER_CLOSED, payment);
        }
        if (payment.isAccountAsked()) {
            throw new ConfirmRefused(ConfirmRefused.Reason.ACCOUNT_ASKED_FOR, payment);
        }
        properties
                .untilNext(openings.requestedSince(payment.id(), now.minus(properties.attemptsWindow())), now)
                .ifPresent(wait -> {
                    throw new ConfirmRefused(ConfirmRefused.Reason.TOO_MANY_ATTEMPTS, payment, wait);
                });
    }

    /**
     * Goes on with the opening of a payment for which a look has shown no account; no transaction is open.
     *
     * @param finding what Toss said when it was asked by the order
     */
    public Progress goOn(PaymentId id, GatewayFinding finding) {
        Step step = transaction.execute(_ -> next(id, finding));
        return switch (step) {
            case Step.Done(Progress progress) -> progress;
            case Step.Calling(Call call) -> {
                carriedOut(call);
                yield isStillAsked(id) ? new Progress.Open() : new Progress.Over();
            }
        };
    }

    private boolean isStillAsked(PaymentId id) {
        return payments.findById(id).orElseThrow(() -> new PaymentNotFound(id)).isAccountAsked();
    }

    private sealed interface Step {

        record Done(Progress progress) implements Step {}

        record Calling(Call call) implements Step {}
    }

    private Step next(PaymentId id, GatewayFinding finding) {
        Payment payment = hold(id);
        Optional<AccountOpening> found = openings.findOpen(id);
        if (!payment.isAccountAsked() || found.isEmpty()) {
            return new Step.Done(new Progress.Over());
        }
        AccountOpening opening = found.get();
        Instant now = clock.instant();
        Instant overAt = opening.callOverAt(statusCheckSettings.orphanAfter());
        if (now.isBefore(overAt)) {
            return new Step.Done(new Progress.Running(overAt));
        }
        boolean shown = finding instanceof GatewayFinding.Seen || finding instanceof GatewayFinding.Absent;
        if (!shown) {
            return new Step.Done(new Progress.Open());
        }
        Optional<Buyer> buyer = openings.buyer(opening);
        boolean late = !now.isBefore(opening.requestedAt().plus(statusCheckSettings.confirmWindow()));
        if (late || !opening.dueAt().isAfter(now)) {
            // Nobody was told of an account, so nobody can pay into one.
            end(payment, opening.failed(opening.code() == null ? "NOT_OPENED" : opening.code(), now), now);
            return new Step.Done(new Progress.Over());
        }
        boolean doubted = finding instanceof GatewayFinding.Seen seen && seen.takesDeposit(now, deposit.grace());
        if (buyer.isEmpty() || payment.isOrderClosed() || !payment.status().takesAttempts() || doubted) {
            return new Step.Done(new Progress.Open());
        }
        AccountOpening calling = opening.calling(now);
        openings.save(calling);
        return new Step.Calling(new Call(calling, payment, buyer.get(), payment.version()));
    }

    /** Why Toss opened none, if that is certain. */
    private Optional<Failure> carriedOut(Call call) {
        CrashPoint.hit("open.claimed");
        // No transaction is open here: the call may take a minute and must not hold a connection.
        OpeningOutcome outcome = gateway.open(call.request());
        CrashPoint.hit("open.called");
        Optional<Failure> refusal = settled(call, outcome);
        CrashPoint.hit("open.settled");
        return refusal;
    }

    private Optional<Failure> settled(Call call, OpeningOutcome outcome) {
        return switch (outcome) {
            case OpeningOutcome.Answered(GatewayFinding.Seen seen) -> {
                takeIn(call, seen, "ANSWERED_" + seen.state().name(), true);
                yield Optional.empty();
            }
            case OpeningOutcome.Declined(Failure failure) -> refused(call, failure);
            case OpeningOutcome.OurFault(Failure failure) -> {
                incidents.report(new Incident(
                        call.payment().id(),
                        Incident.Kind.OUR_FAULT,
                        "virtual account: " + failure.code(),
                        clock.instant()));
                yield refused(call, failure);
            }
            case OpeningOutcome.Happened(Failure failure) -> lookedAt(call, failure);
            case OpeningOutcome.Unclear(String code) -> notKnown(call, code, true);
            case OpeningOutcome.Unknown(String cause) -> notKnown(call, cause, false);
        };
    }

    /**
     * Toss takes an order once: what has it now is the account of an earlier call of ours, or something that never
     * becomes one: a payment of a window, or an account that has run out.
     */
    private Optional<Failure> lookedAt(Call call, Failure failure) {
        GatewayFinding finding = gateway.findAtOnce(call.payment().orderId());
        takeIn(call, finding, failure.code(), true);
        return isAnother(finding) && isStillAsked(call.payment().id()) ? refused(call, failure) : Optional.empty();
    }

    private boolean isAnother(GatewayFinding finding) {
        return finding instanceof GatewayFinding.Seen seen
                && (!seen.gatewayPayment().isDeposit()
                        || (seen.state() == GatewayFinding.State.WAITING_FOR_DEPOSIT
                                && !seen.takesDeposit(clock.instant(), deposit.grace())));
    }

    /** Has the payment take it in; what is not known even then is looked at soon. */
    private void takeIn(Call call, GatewayFinding finding, String cause, boolean answered) {
        transaction.executeWithoutResult(_ -> {
            PaymentId id = call.payment().id();
            Payment payment =
                    settlePayment.finding(id, null, call.asOf(), finding).payment();
            if (isLatest(call, payment)) {
                open(call, cause, answered);
            }
            CrashPoint.hit("open.settling");
        });
    }

    private Optional<Failure> notKnown(Call call, String cause, boolean answered) {
        transaction.executeWithoutResult(_ -> {
            if (isLatest(call, hold(call.payment().id()))) {
                open(call, cause, answered);
            }
        });
        return Optional.empty();
    }

    /** Whether it is still open what became of the call: its answer may come after its opening was given up. */
    private boolean isLatest(Call call, Payment payment) {
        return payment.isAccountAsked()
                && openings.findOpen(payment.id())
                        .filter(call.opening()::isSameCall)
                        .isPresent();
    }

    private void open(Call call, String cause, boolean answered) {
        Instant now = clock.instant();
        log.warn(
                "Opening the account of payment {} came to no certain end: {}",
                call.payment().id(),
                cause);
        openings.save(call.opening().notKnown(cause, answered, now));
        statusChecks.require(call.payment().id(), now.plus(statusCheckSettings.firstDelay()));
    }

    private Optional<Failure> refused(Call call, Failure failure) {
        return transaction.execute(_ -> {
            Payment payment = hold(call.payment().id());
            if (isLatest(call, payment)) {
                Instant now = clock.instant();
                end(payment, call.opening().failed(failure.code(), now), now);
                return Optional.of(failure);
            }
            return payment.isAccountAsked() ? Optional.empty() : Optional.of(failure);
        });
    }

    /** The payment is open to any attempt again, or stays as it has ended. */
    private void end(Payment payment, AccountOpening ended, Instant now) {
        openings.save(ended);
        payments.save(payment.accountAnswered());
        statusChecks.release(payment.id(), now.plus(statusCheckSettings.hintDelay()));
    }

    private Payment hold(PaymentId id) {
        return payments.findAndHoldById(id).orElseThrow(() -> new PaymentNotFound(id));
    }
}
