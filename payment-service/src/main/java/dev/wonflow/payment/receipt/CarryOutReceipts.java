package dev.wonflow.payment.receipt;

import dev.wonflow.money.Money;
import dev.wonflow.payment.PaymentId;
import dev.wonflow.payment.PaymentKey;
import dev.wonflow.payment.gateway.Failure;
import dev.wonflow.payment.gateway.GatewayFinding;
import dev.wonflow.payment.gateway.GatewayPayment;
import dev.wonflow.payment.gateway.GatewayReceipt;
import dev.wonflow.payment.gateway.ListedReceipt;
import dev.wonflow.payment.gateway.PaymentGateway;
import dev.wonflow.payment.gateway.ReceiptCall;
import dev.wonflow.payment.gateway.ReceiptGateway;
import dev.wonflow.payment.gateway.ReceiptListing;
import dev.wonflow.payment.gateway.ReceiptNumber;
import dev.wonflow.payment.gateway.ReceiptOutcome;
import dev.wonflow.payment.gateway.Uncertainty;
import dev.wonflow.payment.incident.Incident;
import dev.wonflow.payment.incident.Incidents;
import dev.wonflow.payment.payment.Payment;
import dev.wonflow.payment.payment.PaymentNotFound;
import dev.wonflow.payment.payment.Payments;
import dev.wonflow.payment.payment.SettlePayment;
import dev.wonflow.runtime.CrashPoint;
import dev.wonflow.runtime.IdSource;
import dev.wonflow.work.WorkBackOff;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Has Toss ask the tax office, one request of a payment after another: claim and commit, call, settle and commit. What
 * was asked for and not answered is looked for in Toss's lists of the days since, and asked for again only once they do
 * not have it. What a receipt of ours says beyond the money that is left is taken back as soon as nothing else is under
 * way, so that it does not matter whether a receipt or a refund comes first.
 */
@Service
class CarryOutReceipts {

    private static final Logger log = LoggerFactory.getLogger(CarryOutReceipts.class);

    private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");
    /** Toss's clock may be behind ours by that much. */
    private static final Duration CLOCKS_APART = Duration.ofMinutes(5);
    /** What has not happened so long after a call does not come of it any more. */
    private static final Duration CALLS_ARE_OVER = Duration.ofDays(1);

    private static final Failure NOTHING_LEFT = new Failure("NOTHING_LEFT", null);
    private static final Failure EXISTS = new Failure("DUPLICATED_CASH_RECEIPT", null);
    private static final Failure NUMBER_LOST = new Failure("CUSTOMER_NUMBER_LOST", null);

    private final Receipts receipts;
    private final ReceiptRequests requests;
    private final ReceiptChanges changes;
    private final Payments payments;
    private final PaymentGateway paymentGateway;
    private final ReceiptGateway gateway;
    private final SettlePayment settlePayment;
    private final Incidents incidents;
    private final ReceiptProperties properties;
    private final WorkBackOff backOff;
    private final IdSource ids;
    private final RandomGenerator random;
    private final Clock clock;
    private final TransactionOperations transaction;

    CarryOutReceipts(
            Receipts receipts,
            ReceiptRequests requests,
            ReceiptChanges changes,
            Payments payments,
            PaymentGateway paymentGateway,
            ReceiptGateway gateway,
            SettlePayment settlePayment,
            Incidents incidents,
            ReceiptProperties properties,
            IdSource ids,
            RandomGenerator random,
            Clock clock,
            TransactionOperations transaction) {
        this.receipts = receipts;
        this.requests = requests;
        this.changes = changes;
        this.payments = payments;
        this.paymentGateway = paymentGateway;
        this.gateway = gateway;
        this.settlePayment = settlePayment;
        this.incidents = incidents;
        this.properties = properties;
        this.backOff = properties.backOff();
        this.ids = ids;
        this.random = random;
        this.clock = clock;
        this.transaction = transaction;
    }

    /** What comes next. */
    private sealed interface Step {

        record Over() implements Step {}

        record Next() implements Step {}

        record Later(Instant due) implements Step {}

        /** How the payment stands at Toss, before a receipt is asked for. */
        record LookAtPayment(ReceiptRequest request, Payment payment) implements Step {}

        record Call(ReceiptRequest request, ReceiptCall call) implements Step {}

        record Look(ReceiptRequest request) implements Step {}
    }

    private record Held(Payment payment, Instant now) {}

    /**
     * Goes on with the receipts of a payment; no transaction is open. Safe to repeat at any point.
     *
     * @return when to go on again; empty once nothing is under way
     */
    Optional<Instant> goOn(PaymentId id) {
        Step step = new Step.Next();
        while (true) {
            switch (step) {
                case Step.Over _ -> {
                    return Optional.empty();
                }
                case Step.Later(Instant due) -> {
                    return Optional.of(due);
                }
                case Step.Next _ -> step = held(id, this::next);
                case Step.LookAtPayment(ReceiptRequest request, Payment payment) ->
                    step = lookAtPayment(request, payment);
                case Step.Call(ReceiptRequest request, ReceiptCall call) -> step = call(request, call);
                case Step.Look(ReceiptRequest request) -> step = look(request);
            }
        }
    }

    private Step held(PaymentId id, Function<Held, Step> decision) {
        return transaction.execute(_ -> decision.apply(
                new Held(payments.findAndHoldById(id).orElseThrow(() -> new PaymentNotFound(id)), clock.instant())));
    }

    /** Decides about a request while nobody else changes it, if it has not ended meanwhile. */
    private Step held(ReceiptRequest request, Function<Open, Step> decision) {
        return held(request.paymentId(), held -> {
            ReceiptRequest latest = require(request.id());
            return latest.status().isEnded()
                    ? new Step.Next()
                    : decision.apply(new Open(latest, held.payment(), held.now()));
        });
    }

    private record Open(ReceiptRequest request, Payment payment, Instant now) {}

    private ReceiptRequest require(ReceiptRequestId id) {
        return requests.find(id)
                .orElseThrow(() -> new IllegalStateException(
                        "cash receipt request " + id + ": not stored (expected: stored before it was planned)"));
    }

    private Step next(Held held) {
        List<ReceiptRequest> all = requests.of(held.payment().id());
        return all.stream()
                .filter(request -> !request.status().isEnded())
                .findFirst()
                .map(open -> begun(new Open(open, held.payment(), held.now())))
                .orElseGet(() -> Standing.excess(
                                held.payment(), receipts.of(held.payment().id()), all)
                        .<Step>map(excess -> takingBack(excess, held))
                        .orElseGet(Step.Over::new));
    }

    private Step begun(Open open) {
        return switch (open.request().kind()) {
            case CONFIRM ->
                open.request().status() == ReceiptRequestStatus.UNKNOWN
                        ? new Step.Look(open.request())
                        : new Step.LookAtPayment(open.request(), open.payment());
            case CANCEL ->
                open.request().status() == ReceiptRequestStatus.UNKNOWN
                        ? new Step.Look(open.request())
                        : calling(open, open.request().calling(open.now()));
        };
    }

    private Step takingBack(Standing.Excess excess, Held held) {
        ReceiptRequest issued = require(excess.of().requestedByUs());
        ReceiptRequest cancel = ReceiptRequest.cancel(
                new ReceiptRequestId(ids.next()),
                held.payment().id(),
                issued.type(),
                excess.of().told().receiptKey(),
                excess.amount(),
                held.now());
        requests.add(cancel, held.payment().purchase().tenantId(), null);
        return calling(new Open(cancel, held.payment(), held.now()), cancel.calling(held.now()));
    }

    /**
     * Money that went back, and a receipt that came with the payment, are known from it before anything is asked for.
     */
    private Step lookAtPayment(ReceiptRequest request, Payment payment) {
        PaymentKey key = payment.paymentKey();
        if (key == null) {
            return held(request, open -> failed(open, NOTHING_LEFT));
        }
        GatewayFinding finding = paymentGateway.findAtOnce(key);
        settlePayment.finding(payment.id(), key, payment.version(), finding);
        return switch (finding) {
            case GatewayFinding.Seen seen -> held(request, open -> first(open, seen));
            case GatewayFinding.Absent(String code) -> held(request, open -> notKnown(open, code, false));
            case GatewayFinding.Unclear(String cause) -> held(request, open -> notKnown(open, cause, false));
            case GatewayFinding.OurFault(String code) -> held(request, open -> heldUp(open, code, false));
        };
    }

    private Step first(Open open, GatewayFinding.Seen seen) {
        Money left = open.payment().balance();
        if (left.isZero()) {
            return failed(open, NOTHING_LEFT);
        }
        if (Standing.hasReceipt(receipts.of(open.payment().id()))) {
            return failed(open, EXISTS);
        }
        if (!isThere(left, open.payment(), seen)) {
            return notKnown(open, seen.state().name(), false);
        }
        Money taxFree = seen.gatewayPayment().taxFree();
        return calling(open, open.request().calling(left, left.isLessThan(taxFree) ? left : taxFree, open.now()));
    }

    /** An answer that was overtaken on its way, or contradicts, leaves the payment as it was here. */
    private static boolean isThere(Money left, Payment payment, GatewayFinding.Seen seen) {
        GatewayPayment at = seen.gatewayPayment();
        boolean taken = switch (seen.state()) {
            case DONE, PARTIAL_CANCELED -> true;
            case READY, IN_PROGRESS, WAITING_FOR_DEPOSIT, CANCELED, ABORTED, EXPIRED, UNLISTED -> false;
        };
        return taken
                && at.contradiction(payment.orderId(), payment.purchase().amount())
                        .isEmpty()
                && !at.settledBalance().isLessThan(left);
    }

    private Step calling(Open open, ReceiptRequest calling) {
        Optional<ReceiptCall> call = prepared(calling, open.payment());
        if (call.isEmpty()) {
            // Sealed under a key that is not there any more: for this call only, if an earlier one may have worked.
            return calling.called().number() == 1 && open.request().call() == null
                    ? failed(open, NUMBER_LOST)
                    : notKnown(open, NUMBER_LOST.code(), false);
        }
        requests.save(calling);
        CrashPoint.hit("receipt.claiming");
        return new Step.Call(calling, call.get());
    }

    private Optional<ReceiptCall> prepared(ReceiptRequest request, Payment payment) {
        return switch (request.kind()) {
            case CONFIRM -> {
                Optional<ReceiptNumber> customer =
                        requests.customer(request.id(), payment.purchase().tenantId());
                yield customer.map(number -> new ReceiptCall.Issue(
                        request.id().value(),
                        request.called().number(),
                        payment.orderId(),
                        payment.purchase().orderName(),
                        request.type(),
                        number,
                        request.amount(),
                        request.taxFree()));
            }
            case CANCEL ->
                Optional.of(new ReceiptCall.Cancel(
                        request.id().value(),
                        request.called().number(),
                        payment.orderId(),
                        request.takenBack(),
                        request.amount()));
        };
    }

    private Step call(ReceiptRequest request, ReceiptCall call) {
        CrashPoint.hit("receipt.claimed");
        ReceiptOutcome outcome = gateway.call(call);
        CrashPoint.hit("receipt.called");
        Step next = held(request.paymentId(), held -> {
            Open open = new Open(require(request.id()), held.payment(), held.now());
            return open.request().status().isEnded() ? late(open, outcome) : settled(open, outcome);
        });
        CrashPoint.hit("receipt.settled");
        return next;
    }

    /** Somebody ended the request meanwhile; what has been passed on all the same is known from here on. */
    private Step late(Open open, ReceiptOutcome outcome) {
        if (open.request().status() == ReceiptRequestStatus.FAILED
                && outcome instanceof ReceiptOutcome.Answered(ListedReceipt listed)
                && isOurs(open, listed)
                && receipts.of(open.payment().id()).stream()
                        .noneMatch(known -> known.told().isSameRequest(listed.receipt()))) {
            take(open, listed.receipt());
        }
        return new Step.Next();
    }

    private Step settled(Open open, ReceiptOutcome outcome) {
        return switch (outcome) {
            case ReceiptOutcome.Answered(ListedReceipt listed) ->
                isOurs(open, listed) ? done(open, listed.receipt()) : notKnown(open, "ANSWER_CONTRADICTS", true);
            case ReceiptOutcome.Declined(Failure failure) -> failed(open, failure);
            case ReceiptOutcome.Happened(String code) -> {
                ReceiptRequest request = open.request().notKnown(true, open.now());
                requests.save(request);
                reportUnresolved(request, code, open.now());
                log.info(
                        "Cash receipt request {} has happened or cannot: {}",
                        open.request().id(),
                        code);
                yield new Step.Later(open.now().plus(properties.spacing()));
            }
            case ReceiptOutcome.Unclear(String code) -> notKnown(open, code, true);
            case ReceiptOutcome.Unknown(String cause) -> notKnown(open, cause, false);
            case ReceiptOutcome.TooManyCalls(String cause) -> heldUp(open, cause, true);
            case ReceiptOutcome.OurFault(String code) -> ourFault(open, code, true);
        };
    }

    /** Whether it is what this request asks for, by all that Toss tells of it. */
    private static boolean isOurs(Open open, ListedReceipt listed) {
        ReceiptRequest request = open.request();
        GatewayReceipt told = listed.receipt();
        return listed.orderId().equals(open.payment().orderId().value())
                && told.kind() == request.kind()
                && told.amount().equals(request.amount())
                && switch (request.kind()) {
                    case CONFIRM -> true;
                    case CANCEL -> told.receiptKey().equals(Standing.cancelKey(request.takenBack()));
                };
    }

    private Step done(Open open, GatewayReceipt told) {
        ReceiptRequest request = open.request();
        String key = switch (request.kind()) {
            case CONFIRM -> told.receiptKey();
            case CANCEL -> request.takenBack();
        };
        requests.save(request.done(key, open.now()));
        take(open, told);
        CrashPoint.hit("receipt.settling");
        return new Step.Next();
    }

    private void take(Open open, GatewayReceipt told) {
        changes.save(open.payment(), known(open, told), open.now());
        if (told.status() == GatewayReceipt.Status.IN_PROGRESS) {
            requests.planLook(
                    LocalDate.ofInstant(told.requestedAt(), SEOUL),
                    properties.nextLook(told.requestedAt(), open.now()));
        }
    }

    /** Cancels of one receipt in one second are one, as where Toss tells of them in the payment. */
    private CashReceipt known(Open open, GatewayReceipt told) {
        return receipts.of(open.payment().id()).stream()
                .filter(known -> told.kind() == GatewayReceipt.Kind.CANCEL)
                .filter(known -> known.told().isSameRequest(told))
                .findFirst()
                .map(known ->
                        new CashReceipt(known.paymentId(), known.told().and(told), known.requestedBy(), open.now()))
                .orElseGet(() -> new CashReceipt(
                        open.request().paymentId(), told, open.request().id(), open.now()));
    }

    private Step failed(Open open, Failure why) {
        requests.save(open.request().failed(why, open.now()));
        return new Step.Next();
    }

    private Step notKnown(Open open, String cause, boolean answered) {
        return later(open.request().notKnown(answered, open.now()), cause, open.now());
    }

    /** Once after so many turns, or while it is late, if faults that count for nothing hold it up. */
    private void reportUnresolved(ReceiptRequest request, String cause, Instant now) {
        Uncertainty longer = request.uncertainty();
        if (longer.isToBeReported() || (!longer.isReported() && properties.isLate(request, now))) {
            incidents.report(new Incident(
                    request.paymentId(),
                    Incident.Kind.CASH_RECEIPT_NOT_KNOWN,
                    "request " + request.id() + ", " + request.kind() + " of " + request.amount() + " answered " + cause
                            + " (expected: in Toss's list of cash receipts)",
                    now));
        }
    }

    private Step ourFault(Open open, String code, boolean answered) {
        incidents.report(
                new Incident(open.payment().id(), Incident.Kind.OUR_FAULT, "cash receipt: " + code, open.now()));
        return heldUp(open, code, answered);
    }

    private Step heldUp(Open open, String cause, boolean answered) {
        return later(open.request().heldUp(answered, open.now()), cause, open.now());
    }

    private Step later(ReceiptRequest request, String cause, Instant now) {
        requests.save(request);
        reportUnresolved(request, cause, now);
        log.warn("Cash receipt request {} is not known to have been made: {}", request.id(), cause);
        return new Step.Later(
                properties.isUnresolved(request, now)
                        ? properties.nextLook(request.requestedAt(), now)
                        : now.plus(backOff.after(request.uncertainty().turns() - 1, random)));
    }

    /** Through the days on which it was asked for; a receipt of a day is in the list of that day only. */
    private Step look(ReceiptRequest request) {
        List<ListedReceipt> listed = new ArrayList<>();
        Instant now = clock.instant();
        Instant over = request.called().at().plus(CALLS_ARE_OVER);
        LocalDate last = LocalDate.ofInstant(over.isBefore(now) ? over : now, SEOUL);
        Instant from = request.called().firstAt().minus(CLOCKS_APART);
        for (LocalDate day = LocalDate.ofInstant(from, SEOUL); !day.isAfter(last); day = day.plusDays(1)) {
            switch (gateway.list(day)) {
                case ReceiptListing.Read(List<ListedReceipt> ofDay) -> listed.addAll(ofDay);
                case ReceiptListing.Unclear(String cause) -> {
                    return held(request, open -> notKnown(open, cause, false));
                }
                case ReceiptListing.OurFault(String code) -> {
                    return held(request, open -> ourFault(open, code, false));
                }
            }
        }
        return held(request, open -> looked(open, listed, from));
    }

    private Step looked(Open open, List<ListedReceipt> listed, Instant from) {
        List<CashReceipt> known = receipts.of(open.payment().id());
        return listed.stream()
                .filter(one -> !one.receipt().requestedAt().isBefore(from))
                .filter(one -> isOurs(open, one))
                .map(ListedReceipt::receipt)
                .filter(told -> isNew(told, listed, known))
                .findFirst()
                .map(told -> done(open, told))
                .orElseGet(() -> again(open));
    }

    /** Cancels of one second can be told apart by their sum only. */
    private static boolean isNew(GatewayReceipt told, List<ListedReceipt> listed, List<CashReceipt> known) {
        Optional<Money> before = known.stream()
                .map(CashReceipt::told)
                .filter(told::isSameRequest)
                .map(GatewayReceipt::amount)
                .findFirst();
        return before.isEmpty()
                || (told.kind() == GatewayReceipt.Kind.CANCEL
                        && !sum(told, listed).isLessThan(before.get().plus(told.amount())));
    }

    private static Money sum(GatewayReceipt like, List<ListedReceipt> listed) {
        return listed.stream()
                .map(ListedReceipt::receipt)
                .filter(like::isSameRequest)
                .map(GatewayReceipt::amount)
                .reduce(Money.ZERO, Money::plus);
    }

    /** Not in the lists. Toss issues no second receipt for an order, whatever the key; a cancel has its key only. */
    private Step again(Open open) {
        ReceiptRequest request = open.request();
        return request.called().answered() && request.uncertainty().isOnlyAsked()
                ? notKnown(open, "NOT_LISTED", false)
                : calling(open, request.calling(open.now()));
    }
}
