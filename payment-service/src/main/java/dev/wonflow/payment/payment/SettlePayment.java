package dev.wonflow.payment.payment;

import dev.wonflow.payment.PaymentId;
import dev.wonflow.payment.PaymentKey;
import dev.wonflow.payment.gateway.GatewayAccount;
import dev.wonflow.payment.gateway.GatewayFinding;
import dev.wonflow.payment.gateway.GatewayOutcome;
import dev.wonflow.payment.gateway.GatewayPayment;
import dev.wonflow.payment.gateway.Remittance;
import dev.wonflow.payment.incident.Incident;
import dev.wonflow.payment.incident.Incidents;
import dev.wonflow.runtime.CrashPoint;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Applies what Toss says, whether a confirm, a status check or a webhook asked. All of them may come at once; each
 * holds the payment while it decides. Each says which version of the payment it asked about, since an answer may have
 * been overtaken.
 */
@Service
public class SettlePayment {

    private final Payments payments;
    private final Attempts attempts;
    private final StatusChecks statusChecks;
    private final Incidents incidents;
    private final WebhookSecrets secrets;
    private final VirtualAccounts accounts;
    private final Openings openings;
    private final Cancels cancels;
    private final GiveBack giveBack;
    private final CashReceipts cashReceipts;
    private final Strays strays;
    private final Changes changes;
    private final StatusCheckProperties statusCheckSettings;
    private final DepositProperties deposit;
    private final RandomGenerator random;
    private final Clock clock;
    private final TransactionOperations transaction;

    SettlePayment(
            Payments payments,
            Attempts attempts,
            StatusChecks statusChecks,
            Incidents incidents,
            WebhookSecrets secrets,
            VirtualAccounts accounts,
            Openings openings,
            Cancels cancels,
            GiveBack giveBack,
            CashReceipts cashReceipts,
            Strays strays,
            Changes changes,
            StatusCheckProperties statusCheckSettings,
            DepositProperties deposit,
            RandomGenerator random,
            Clock clock,
            TransactionOperations transaction) {
        this.payments = payments;
        this.attempts = attempts;
        this.statusChecks = statusChecks;
        this.incidents = incidents;
        this.secrets = secrets;
        this.accounts = accounts;
        this.openings = openings;
        this.cancels = cancels;
        this.giveBack = giveBack;
        this.cashReceipts = cashReceipts;
        this.strays = strays;
        this.changes = changes;
        this.statusCheckSettings = statusCheckSettings;
        this.deposit = deposit;
        this.random = random;
        this.clock = clock;
        this.transaction = transaction;
    }

    /**
     * The payment afterwards.
     *
     * @param changed whether the answer made a difference
     * @param alarming whether it was reported as an incident
     */
    public record Settled(Payment payment, boolean changed, boolean alarming) {}

    /**
     * Takes in the answer to the confirm call of the try {@code key}.
     *
     * @param asOf version of the payment when the call was made
     */
    public Settled outcome(PaymentId id, PaymentKey key, long asOf, GatewayOutcome outcome) {
        return transaction.execute(_ -> {
            Settled settled = take(id, asOf, null, false, outcome.shown(), judgement -> judgement.on(key, outcome));
            CrashPoint.hit("confirm.settling");
            return settled;
        });
    }

    /**
     * Takes in what Toss said when asked.
     *
     * @param asked the paymentKey asked for; {@code null} if asked by order
     * @param asOf version of the payment when Toss was asked
     */
    public Settled finding(PaymentId id, @Nullable PaymentKey asked, long asOf, GatewayFinding finding) {
        return transaction.execute(_ ->
                take(id, asOf, finding, isAnswer(finding), finding.shown(), judgement -> judgement.on(asked, finding)));
    }

    /**
     * The same of a key beside the one that counts. Unless it makes a difference, it is no answer to what a status
     * check has to ask.
     */
    public Settled besides(PaymentId id, PaymentKey asked, long asOf, GatewayFinding finding) {
        return transaction.execute(
                _ -> take(id, asOf, finding, false, finding.shown(), judgement -> judgement.on(asked, finding)));
    }

    private static boolean isAnswer(GatewayFinding finding) {
        return finding instanceof GatewayFinding.Seen || finding instanceof GatewayFinding.Absent;
    }

    /**
     * Takes in an answer.
     *
     * @param finding {@code null} if nothing was looked for
     * @param answered whether a status check has nothing more to ask, if nothing has happened meanwhile
     */
    private Settled take(
            PaymentId id,
            long asOf,
            @Nullable GatewayFinding finding,
            boolean answered,
            Optional<GatewayPayment> shown,
            Function<Judgement, SettlementDecision> judge) {
        Instant now = clock.instant();
        Payment payment = payments.findAndHoldById(id).orElseThrow(() -> new PaymentNotFound(id));
        boolean upToDate = asOf == payment.version();
        boolean accountAsked = payment.isAccountAsked();
        SettlementDecision decision = isGivenBack(payment, shown)
                ? SettlementDecision.NOTHING
                : judge.apply(new Judgement(payment, asOf, now, deposit.grace(), noted(payment, finding, now)));
        for (Payment.Change change : decision.steps()) {
            payment = changes.save(change.after(payment));
            noteAttempt(payment, change.event(), now);
        }
        if (decision.changes()) {
            Payment changed = payment;
            shown.ifPresent(gatewayPayment -> secrets.keepShown(changed, gatewayPayment));
        }
        if (decision.changes() || upToDate) {
            payment = keepAccount(payment, shown, decision.changes(), now);
        }
        if (accountAsked) {
            payment = endOpening(payment, shown, now);
        }
        boolean goesBack = decision.changes() && payment.isOrderClosed() && giveBack.all(payment, now);
        Optional<Incident> incident =
                decision.incident().filter(found -> !(goesBack && found.kind() == Incident.Kind.PAID_FOR_CLOSED_ORDER));
        incident.ifPresent(incidents::report);
        if (decision.stray().isPresent()) {
            strays.note(payment, decision.stray().get(), now);
        }
        CashReceipts.Noted receipts = receiptsNoted(payment, shown, now);
        payment = receipts.payment();
        if (decision.doubted()) {
            // A version of its own, so that no answer asked for before the doubt can end it.
            payment = payments.save(payment);
            statusChecks.require(id, now.plus(statusCheckSettings.firstPause(random)));
        } else if (decision.changes() || (answered && upToDate && !isToBeClosed(payment, finding, now))) {
            planNextLook(payment, shown, receipts.nextLook(), decision.changes(), now);
        } else if (receipts.nextLook() != null) {
            statusChecks.require(id, receipts.nextLook());
        }
        return new Settled(payment, decision.changes(), incident.isPresent());
    }

    /** Whether it is about money that is on its way back, which must not come to count for the order meanwhile. */
    private boolean isGivenBack(Payment payment, Optional<GatewayPayment> shown) {
        return shown.map(GatewayPayment::paymentKey)
                .filter(key -> !payment.isOfAttempt(key))
                .filter(strays::isGivenBack)
                .isPresent();
    }

    /** Kept with each look, for a version before kept none; and how far a refund has come is told. */
    private Payment keepAccount(Payment payment, Optional<GatewayPayment> shown, boolean changed, Instant now) {
        Optional<GatewayAccount> seen = shown.filter(
                        found -> payment.funds() != null && payment.isOfAttempt(found.paymentKey()))
                .map(GatewayPayment::account);
        if (seen.isEmpty()) {
            return payment;
        }
        Remittance remittance = seen.get().remittance();
        Optional<KeptAccount> before = accounts.find(payment.id());
        Remittance known = before.map(KeptAccount::remittance).orElse(Remittance.NONE);
        boolean refundedNow = changed && payment.isDepositRefunded();
        boolean told = remittance != null && remittance != Remittance.NONE && remittance != known;
        Remittance news = payment.isDepositRefunded() && told ? remittance : null;
        // That money has arrived is said of the refunds before, until a look after this one says it again.
        Remittance unchanged = refundedNow && known == Remittance.COMPLETED ? Remittance.NONE : known;
        boolean begins = news != null || before.isEmpty() || refundedNow;
        accounts.keep(
                payment.id(),
                new KeptAccount(
                        seen.get(),
                        news == null ? unchanged : news,
                        begins ? now : before.get().remittanceSince()));
        if (news == null) {
            return payment;
        }
        if (news.hasFailed()) {
            incidents.report(new Incident(
                    payment.id(),
                    Incident.Kind.REMITTANCE_NOT_MADE,
                    "refundStatus: " + news + " (expected: COMPLETED; ask Toss, with another account of the buyer)",
                    now));
        }
        return changes.save(payment.remittance(news, now));
    }

    /**
     * Ends the opening of an account that Toss shows, though the order was called off meanwhile; that account is closed
     * like any other. What is shown and has not moved a payment open to attempts is another, or was doubted.
     */
    private Payment endOpening(Payment payment, Optional<GatewayPayment> shown, Instant now) {
        boolean opened = !payment.isAccountAsked()
                || (!payment.status().takesAttempts()
                        && shown.filter(GatewayPayment::isDeposit)
                                .filter(seen -> seen.contradiction(
                                                payment.orderId(),
                                                payment.purchase().amount())
                                        .isEmpty())
                                .isPresent());
        if (!opened) {
            return payment;
        }
        openings.findOpen(payment.id()).ifPresent(opening -> openings.save(opening.opened(now)));
        return payment.isAccountAsked() ? payments.save(payment.accountAnswered()) : payment;
    }

    /**
     * An account that was closed before any deposit has a cancel too, and no money of it has gone back. What went back
     * under another key than the one that counts was never the payment's.
     */
    private List<Cancels.Noted> noted(Payment payment, @Nullable GatewayFinding finding, Instant now) {
        return finding instanceof GatewayFinding.Seen(var _, GatewayPayment seen, var _)
                        && (payment.isOfAttempt(seen.paymentKey()) || payment.keyToAskFor() == null)
                        && seen.approvedAt() != null
                        && !seen.cancels().isEmpty()
                        && seen.contradiction(
                                        payment.orderId(), payment.purchase().amount())
                                .isEmpty()
                ? cancels.note(payment, seen, now)
                : List.of();
    }

    /** Whether its account is still open. The date of the look stands until it is closed: who is about to may die. */
    private boolean isToBeClosed(Payment payment, @Nullable GatewayFinding finding, Instant now) {
        return payment.status() == PaymentStatus.CANCELED
                && CloseAccount.isOpen(payment, finding, now, deposit.grace());
    }

    private CashReceipts.Noted receiptsNoted(Payment payment, Optional<GatewayPayment> shown, Instant now) {
        return shown.filter(_ -> payment.funds() != null)
                .filter(seen -> payment.isOfAttempt(seen.paymentKey()))
                .filter(seen -> seen.contradiction(
                                payment.orderId(), payment.purchase().amount())
                        .isEmpty())
                .map(seen -> cashReceipts.note(payment, seen, now))
                .orElseGet(() -> new CashReceipts.Noted(payment, null));
    }

    private void planNextLook(
            Payment payment, Optional<GatewayPayment> shown, @Nullable Instant receipts, boolean changed, Instant now) {
        if (payment.isAccountAsked()) {
            // The date of the claim stands.
            return;
        }
        switch (payment.status()) {
            // The date of the claim stands.
            case CONFIRMING -> {}
            case UNKNOWN -> {
                if (changed) {
                    statusChecks.require(payment.id(), now.plus(statusCheckSettings.firstPause(random)));
                }
            }
            case WAITING_FOR_DEPOSIT -> {
                if (!payment.isOrderClosed()) {
                    statusChecks.require(payment.id(), nextLook(payment, now));
                } else if (changed) {
                    // To be closed at Toss, with growing pauses from here on.
                    statusChecks.require(payment.id(), now);
                }
            }
            case PAID, PARTIALLY_REFUNDED, REFUNDED ->
                nextLookAtWhatGoesOn(payment, shown, receipts, now)
                        .ifPresentOrElse(look -> statusChecks.require(payment.id(), look), () -> release(payment, now));
            case REQUESTED, FAILED, CANCELED -> release(payment, now);
        }
    }

    private Optional<Instant> nextLookAtWhatGoesOn(
            Payment payment, Optional<GatewayPayment> shown, @Nullable Instant receipts, Instant now) {
        return Stream.of(
                        endOfCancel(payment, shown, now),
                        nextLookAtRemittance(payment, now),
                        Optional.ofNullable(receipts))
                .flatMap(Optional::stream)
                .min(Comparator.naturalOrder());
    }

    /** A cancel that Toss ends later, whoever asked for it, is looked at until it has ended. */
    private Optional<Instant> endOfCancel(Payment payment, Optional<GatewayPayment> shown, Instant now) {
        return shown.filter(seen -> payment.isOfAttempt(seen.paymentKey()))
                .flatMap(GatewayPayment::onItsWayBackSince)
                .map(since -> deposit.nextLook(since.isBefore(now) ? since : now, null, now));
    }

    private void release(Payment payment, Instant now) {
        statusChecks.release(payment.id(), now.plus(statusCheckSettings.hintDelay()));
    }

    /** Toss tells nobody when the money of a refund has reached the buyer of a deposit, or has not. */
    private Optional<Instant> nextLookAtRemittance(Payment payment, Instant now) {
        Optional<KeptAccount> followed = (payment.isDepositRefunded()
                        ? accounts.find(payment.id())
                        : Optional.<KeptAccount>empty())
                .filter(KeptAccount::isFollowed);
        if (followed.isEmpty()) {
            return Optional.empty();
        }
        KeptAccount kept = followed.get();
        if (!kept.isOld(now)) {
            return Optional.of(deposit.nextLook(kept.remittanceSince(), null, now));
        }
        if (!kept.remittance().hasFailed()) {
            incidents.report(new Incident(
                    payment.id(),
                    Incident.Kind.REMITTANCE_NOT_MADE,
                    "refundStatus: " + kept.remittance() + " since " + kept.remittanceSince()
                            + " (expected: COMPLETED; ask Toss)",
                    now));
        }
        return Optional.empty();
    }

    private Instant nextLook(Payment payment, Instant now) {
        CapturedFunds funds = payment.funds();
        return deposit.nextLook(payment.changedAt(), funds == null ? null : funds.dueAt(), now);
    }

    private void noteAttempt(Payment payment, PaymentEvent event, Instant now) {
        if (payment.paymentKey() == null || isOfTheOrder(event)) {
            return;
        }
        String code = switch (event) {
            case PaymentEvent.OutcomeUnknown unknown -> unknown.cause();
            case PaymentEvent.Failed failed -> failed.failure().code();
            case PaymentEvent.Requested _,
                    PaymentEvent.DepositAwaited _,
                    PaymentEvent.Paid _,
                    PaymentEvent.Reversed _,
                    PaymentEvent.Canceled _,
                    PaymentEvent.Refunded _,
                    PaymentEvent.PartiallyRefunded _,
                    PaymentEvent.RemittanceChanged _ -> null;
        };
        attempts.note(payment.paymentKey(), payment.status(), code, now);
    }

    /** The end of the order says nothing about the attempt, which keeps its decline. */
    private static boolean isOfTheOrder(PaymentEvent event) {
        return event instanceof PaymentEvent.Canceled(var reason, var _)
                && reason == PaymentEvent.CancelReason.ORDER_CANCELLED;
    }
}
