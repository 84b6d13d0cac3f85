package dev.wonflow.payment.payment;

import dev.wonflow.audit.AuditEntry;
import dev.wonflow.payment.OrderId;
import dev.wonflow.payment.PaymentId;
import dev.wonflow.payment.PaymentKey;
import dev.wonflow.payment.WebhookSecret;
import dev.wonflow.payment.gateway.Attempt;
import dev.wonflow.payment.gateway.Buyer;
import dev.wonflow.payment.gateway.CallRoom;
import dev.wonflow.payment.gateway.CancelOutcome;
import dev.wonflow.payment.gateway.Cancellation;
import dev.wonflow.payment.gateway.Closing;
import dev.wonflow.payment.gateway.ClosingOutcome;
import dev.wonflow.payment.gateway.GatewayFinding;
import dev.wonflow.payment.gateway.GatewayOutcome;
import dev.wonflow.payment.gateway.Merchant;
import dev.wonflow.payment.gateway.Opening;
import dev.wonflow.payment.gateway.OpeningOutcome;
import dev.wonflow.payment.gateway.Operation;
import dev.wonflow.payment.gateway.PaymentGateway;
import dev.wonflow.payment.gateway.quota.Allowance;
import dev.wonflow.payment.gateway.quota.AllowanceBook;
import dev.wonflow.payment.gateway.quota.QuotaProperties;
import dev.wonflow.payment.gateway.quota.TossQuota;
import dev.wonflow.payment.gateway.quota.Use;
import dev.wonflow.payment.incident.Incident;
import dev.wonflow.payment.ledger.LedgerEntry;
import dev.wonflow.payment.plan.Catalogues;
import dev.wonflow.payment.statuscheck.Backoff;
import dev.wonflow.payment.statuscheck.StatusCheck;
import dev.wonflow.payment.statuscheck.StatusCheckQueue;
import dev.wonflow.payment.webhook.Grade;
import dev.wonflow.payment.webhook.TossWebhook;
import dev.wonflow.payment.webhook.Webhooks;
import dev.wonflow.runtime.TenantId;
import dev.wonflow.testsupport.MutableClock;
import dev.wonflow.testsupport.SequentialIds;
import dev.wonflow.work.SystemAlarm;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.transaction.support.TransactionOperations;

/** Everything the use cases need, in memory, for one payment. */
public final class World {

    public final MutableClock clock = new MutableClock();
    public final StoredPayments payments = new StoredPayments();
    public final StoredAttempts attempts = new StoredAttempts();
    public final PlannedStatusChecks statusChecks = new PlannedStatusChecks();
    public final ScriptedGateway gateway = new ScriptedGateway();
    public final KeptSecrets secrets = new KeptSecrets();
    public final KeptAccounts accounts = new KeptAccounts();
    public final KeptOpenings openings = new KeptOpenings();
    public final KeptWebhooks webhooks = new KeptWebhooks();
    public final KnownClosings closings = new KnownClosings();
    final RememberedOrders closedOrders = new RememberedOrders();
    public final List<PaymentEvent> published = new ArrayList<>();
    public final List<LedgerEntry> posted = new ArrayList<>();
    public final List<AuditEntry> audited = new ArrayList<>();
    public final List<Incident> incidents = new ArrayList<>();
    public final StatusCheckProperties statusCheckSettings = new StatusCheckProperties(
            Duration.ofMillis(500),
            Duration.ofSeconds(2),
            Duration.ofMinutes(5),
            Duration.ofSeconds(90),
            Duration.ofMinutes(10),
            2,
            Duration.ofMinutes(3),
            Duration.ofMillis(300),
            Duration.ofSeconds(2));
    public final DepositProperties deposit =
            new DepositProperties(Duration.ofMinutes(10), Duration.ofMinutes(5), Duration.ofHours(6));
    public final TossQuota quota = new TossQuota(
            new OneAllowance(clock),
            new QuotaProperties(null, 30, 20, Duration.ofSeconds(10)),
            new Merchant("test_ck_world", false),
            new SystemAlarm());
    /** One confirm, one opening and one look at a time. */
    public final CallRoom callRoom = new CallRoom(Map.of(Operation.CONFIRM, 1, Operation.OPEN, 1, Operation.LOOKUP, 1));
    /** Without chance: what may be left off of a pause is not. */
    public final Backoff backoff = new Backoff(statusCheckSettings, () -> 0);

    private final SequentialIds openingIds = new SequentialIds();
    /** Knows no refunds, until a test says otherwise. */
    public Cancels cancels = (_, _, _) -> List.of();
    /** Gives nothing back, until a test says otherwise. */
    public GiveBack giveBack = (_, _) -> false;
    /** Knows no cash receipts, until a test says otherwise. */
    public CashReceipts cashReceipts = (payment, _, _) -> new CashReceipts.Noted(payment, null);
    /** Only keeps what it is told of, until a test says otherwise. */
    public Strays strays = new NotedStrays();
    /** What others do while a caller waits. */
    Runnable meanwhile = () -> {};

    public SettlePayment settlePayment() {
        return new SettlePayment(
                payments,
                attempts,
                statusChecks,
                incidents::add,
                secrets,
                accounts,
                openings,
                (payment, seen, now) -> cancels.note(payment, seen, now),
                (payment, now) -> giveBack.all(payment, now),
                (payment, seen, now) -> cashReceipts.note(payment, seen, now),
                strays,
                changes(),
                statusCheckSettings,
                deposit,
                () -> 0,
                clock,
                TransactionOperations.withoutTransaction());
    }

    public OpenPaidPayment openPaidPayment() {
        return new OpenPaidPayment(
                changes(), settlePayment(), secrets, new Merchant("test_ck_world", false), new SequentialIds());
    }

    public OpenAccount openAccount() {
        return openAccount(callRoom);
    }

    /** Of an instance with room of its own. */
    public OpenAccount openAccount(CallRoom room) {
        return new OpenAccount(
                findPayment(),
                payments,
                openings,
                accounts,
                statusChecks,
                incidents::add,
                gateway,
                room,
                settlePayment(),
                changes(),
                statusCheckSettings,
                new ConfirmProperties(Duration.ofSeconds(10), 10, Duration.ofMinutes(10)),
                deposit,
                openingIds,
                clock,
                TransactionOperations.withoutTransaction());
    }

    public CloseAccount closeAccount() {
        return new CloseAccount(closings, gateway, settlePayment(), incidents::add, deposit, clock);
    }

    public FindPayment findPayment() {
        return new FindPayment(payments, attempts);
    }

    public CancelPayment cancelPayment() {
        return new CancelPayment(
                payments,
                closedOrders,
                statusChecks,
                incidents::add,
                (payment, now) -> giveBack.all(payment, now),
                changes(),
                clock);
    }

    RequestPayment requestPayment() {
        return new RequestPayment(
                payments,
                closedOrders,
                Catalogues.unread(),
                changes(),
                new Merchant("test_ck_1", false),
                new SequentialIds(),
                clock,
                TransactionOperations.withoutTransaction());
    }

    private Changes changes() {
        return new Changes(payments, (_, event) -> published.add(event), posted::add, audited::add);
    }

    LookNow lookNow() {
        return new LookNow(
                findPayment(),
                statusChecks,
                gateway,
                callRoom,
                quota,
                settlePayment(),
                closeAccount(),
                clock,
                TransactionOperations.withoutTransaction());
    }

    public ConfirmPayment confirmPayment() {
        return new ConfirmPayment(
                payments,
                attempts,
                statusChecks,
                incidents::add,
                gateway,
                callRoom,
                settlePayment(),
                strays,
                changes(),
                statusCheckSettings,
                new ConfirmProperties(Duration.ofSeconds(10), 10, Duration.ofMinutes(10)),
                clock,
                duration -> {
                    clock.advance(duration);
                    meanwhile.run();
                },
                TransactionOperations.withoutTransaction());
    }

    /** Confirms with the buyer's key, as the browser does. */
    public Payment confirm(PaymentKey key) throws InterruptedException {
        return confirmPayment()
                .confirm(new ConfirmPayment.Request(
                        PaymentFixture.CALLER, PaymentFixture.ORDER, key, PaymentFixture.PRICE));
    }

    /** Puts the payment there as if it had always been, its first attempt included. */
    public PaymentId given(PaymentStatus status) {
        Payment payment = payments.save(PaymentFixture.aPayment(status));
        if (payment.paymentKey() != null) {
            attempts.add(PaymentFixture.anAttempt());
        }
        return payment.id();
    }

    /** Puts several payments there, alike in all but their ids. */
    public List<PaymentId> given(int number, PaymentStatus status) {
        Payment like = PaymentFixture.aPayment(status);
        return IntStream.rangeClosed(1, number)
                .mapToObj(i -> payments.save(new Payment(
                                new PaymentId(SequentialIds.id(i)),
                                like.purchase(),
                                like.livemode(),
                                like.status(),
                                like.paymentKey(),
                                like.funds(),
                                like.failure(),
                                like.requestedAt(),
                                like.changedAt(),
                                like.orderClosedAt(),
                                like.accountAskedAt(),
                                0))
                        .id())
                .toList();
    }

    public PaymentStatus status() {
        return payment().status();
    }

    public Payment payment() {
        return payments.findById(new PaymentId(SequentialIds.id(1))).orElseThrow();
    }

    /** What does not count, each key once. */
    public static final class NotedStrays implements Strays {

        public final Map<PaymentKey, Stray> rows = new LinkedHashMap<>();

        @Override
        public void note(Payment payment, Stray stray, Instant now) {
            rows.putIfAbsent(stray.paymentKey(), stray);
        }

        @Override
        public void note(PaymentId id, Stray stray, Instant now) {
            rows.putIfAbsent(stray.paymentKey(), stray);
        }

        @Override
        public boolean isGivenBack(PaymentKey key) {
            return false;
        }
    }

    /** Payments with their versions. */
    public static final class StoredPayments implements Payments {

        private final Map<PaymentId, Payment> rows = new HashMap<>();

        @Override
        public Optional<Payment> findById(PaymentId id) {
            return Optional.ofNullable(rows.get(id));
        }

        @Override
        public Optional<Payment> findAndHoldById(PaymentId id) {
            return findById(id);
        }

        @Override
        public Optional<Payment> findByPurchaseOrderId(OrderId orderId) {
            return rows.values().stream()
                    .filter(payment -> payment.orderId().equals(orderId))
                    .findFirst();
        }

        @Override
        public Optional<Payment> findAndHoldByPurchaseOrderId(OrderId orderId) {
            return findByPurchaseOrderId(orderId);
        }

        @Override
        public Optional<Payment> findByPaymentKey(PaymentKey key) {
            return rows.values().stream()
                    .filter(payment -> payment.isOfAttempt(key))
                    .findFirst();
        }

        @Override
        public Payment save(Payment payment) {
            Payment stored = rows.get(payment.id());
            if (stored != null && stored.version() != payment.version()) {
                throw new OptimisticLockingFailureException("version " + payment.version());
            }
            Payment next = new Payment(
                    payment.id(),
                    payment.purchase(),
                    payment.livemode(),
                    payment.status(),
                    payment.paymentKey(),
                    payment.funds(),
                    payment.failure(),
                    payment.requestedAt(),
                    payment.changedAt(),
                    payment.orderClosedAt(),
                    payment.accountAskedAt(),
                    payment.version() + 1);
            rows.put(next.id(), next);
            return next;
        }
    }

    /** Secrets in clear. */
    public static final class KeptSecrets implements WebhookSecrets {

        private final Map<PaymentId, WebhookSecret> rows = new HashMap<>();

        @Override
        public void keep(Payment payment, WebhookSecret secret) {
            rows.put(payment.id(), secret);
        }

        @Override
        public Optional<WebhookSecret> find(Payment payment) {
            return Optional.ofNullable(rows.get(payment.id()));
        }
    }

    /** Accounts as Toss showed them last. */
    public static final class KeptAccounts implements VirtualAccounts {

        private final Map<PaymentId, KeptAccount> rows = new HashMap<>();

        @Override
        public void keep(PaymentId id, KeptAccount account) {
            rows.put(id, account);
        }

        @Override
        public Optional<KeptAccount> find(PaymentId id) {
            return Optional.ofNullable(rows.get(id));
        }
    }

    /** Openings with whom they are for. */
    public static final class KeptOpenings implements Openings {

        public final Map<UUID, AccountOpening> rows = new LinkedHashMap<>();
        private final Map<UUID, Buyer> buyers = new HashMap<>();

        @Override
        public void add(AccountOpening opening, Buyer buyer) {
            if (findOpen(opening.paymentId()).isPresent()) {
                throw new DuplicateKeyException("payment " + opening.paymentId());
            }
            rows.put(opening.id(), opening);
            buyers.put(opening.id(), buyer);
        }

        @Override
        public void save(AccountOpening opening) {
            rows.put(opening.id(), opening);
            if (!opening.status().isOpen()) {
                buyers.remove(opening.id());
            }
        }

        @Override
        public Optional<AccountOpening> findOpen(PaymentId id) {
            return rows.values().stream()
                    .filter(opening ->
                            opening.paymentId().equals(id) && opening.status().isOpen())
                    .findFirst();
        }

        @Override
        public Optional<Buyer> buyer(AccountOpening opening) {
            return Optional.ofNullable(buyers.get(opening.id()));
        }

        @Override
        public List<Instant> requestedSince(PaymentId id, Instant since) {
            return rows.values().stream()
                    .filter(opening -> opening.paymentId().equals(id))
                    .map(AccountOpening::requestedAt)
                    .filter(since::isBefore)
                    .sorted()
                    .toList();
        }
    }

    /** Attempts and how they stand. */
    public static final class StoredAttempts implements Attempts {

        private final Map<PaymentKey, Attempt> rows = new HashMap<>();
        private final Map<PaymentKey, String> notes = new HashMap<>();

        @Override
        public void add(Attempt attempt) {
            if (rows.putIfAbsent(attempt.paymentKey(), attempt) != null) {
                throw new DuplicateKeyException(attempt.paymentKey().value());
            }
        }

        @Override
        public Optional<Attempt> find(PaymentKey key) {
            return Optional.ofNullable(rows.get(key));
        }

        @Override
        public List<Instant> startedSince(PaymentId id, Instant since) {
            return rows.values().stream()
                    .filter(attempt -> attempt.paymentId().equals(id))
                    .map(Attempt::startedAt)
                    .filter(since::isBefore)
                    .sorted()
                    .toList();
        }

        @Override
        public void note(PaymentKey key, PaymentStatus outcome, @Nullable String code, Instant now) {
            notes.put(key, outcome + (code == null ? "" : " " + code));
        }

        @Nullable
        String note(PaymentKey key) {
            return notes.get(key);
        }
    }

    /** Status checks; due ones are claimed whether leased or not. */
    public static final class PlannedStatusChecks implements StatusChecks, StatusCheckQueue {

        public final Map<PaymentId, Instant> required = new LinkedHashMap<>();
        public final Map<PaymentId, Instant> hinted = new LinkedHashMap<>();
        /** Every hint that only Toss can have sent. */
        public final List<PaymentId> vouched = new ArrayList<>();
        /** Before which no further hint is asked about. */
        public final Map<PaymentId, Instant> hintsFrom = new HashMap<>();

        private final Map<PaymentId, Integer> tries = new HashMap<>();
        private final Map<PaymentId, Integer> fruitless = new HashMap<>();

        @Override
        public void require(PaymentId id, Instant due) {
            required.put(id, due);
            tries.put(id, 0);
        }

        @Override
        public void release(PaymentId id, Instant hintDue) {
            required.remove(id);
            hinted.computeIfPresent(id, (_, due) -> due.isBefore(hintDue) ? due : hintDue);
        }

        @Override
        public void hint(PaymentId id, boolean isVouched, Instant due) {
            hinted.put(id, due);
            if (isVouched) {
                vouched.add(id);
            }
        }

        @Override
        public Set<Use> due(Instant now) {
            Set<Use> uses = EnumSet.noneOf(Use.class);
            if (claim(Use.REQUIRED, now, now).isPresent()) {
                uses.add(Use.REQUIRED);
            }
            if (claim(Use.HINTED, now, now).isPresent()) {
                uses.add(Use.HINTED);
            }
            return uses;
        }

        @Override
        public Optional<Instant> nextDue(Instant now) {
            return Stream.concat(required.values().stream(), hinted.values().stream())
                    .filter(now::isBefore)
                    .min(Comparator.naturalOrder());
        }

        @Override
        public Optional<StatusCheck> claim(Use use, Instant now, Instant leasedUntil) {
            Map<PaymentId, Instant> planned = switch (use) {
                case REQUIRED -> required;
                case HINTED -> hinted;
            };
            return planned.entrySet().stream()
                    .filter(check -> !check.getValue().isAfter(now))
                    .map(check -> new StatusCheck(
                            check.getKey(),
                            use,
                            new StatusCheck.Lease(0, 0),
                            Optional.empty(),
                            tries.getOrDefault(check.getKey(), 0),
                            fruitless.getOrDefault(check.getKey(), 0),
                            0,
                            0))
                    .findFirst();
        }

        @Override
        public void done(StatusCheck check, int fruitlessNow, Instant now, Instant nextHint) {
            hinted.remove(check.paymentId());
            fruitless.put(check.paymentId(), fruitlessNow);
            hintsFrom.put(check.paymentId(), nextHint);
        }

        @Override
        public void again(StatusCheck check, Instant now, Instant due, Instant nextHint) {
            tries.put(check.paymentId(), check.tries() + 1);
            required.computeIfPresent(check.paymentId(), (_, _) -> due);
            hinted.computeIfPresent(check.paymentId(), (_, _) -> due);
        }

        @Override
        public void giveBack(StatusCheck check) {}

        @Override
        public int forget(Instant before, int limit) {
            return 0;
        }
    }

    /** The allowance of one instance, by the clock of the test. */
    private static final class OneAllowance implements AllowanceBook {

        private final Clock clock;
        private Allowance allowance = new Allowance(Instant.EPOCH, 0, 0, 0);

        private OneAllowance(Clock clock) {
            this.clock = clock;
        }

        @Override
        public synchronized Optional<Use> change(BiFunction<Allowance, Instant, Allowance.Taken> step) {
            Allowance.Taken taken = step.apply(allowance, clock.instant());
            allowance = taken.left();
            return taken.use();
        }
    }

    /** Orders that were called off before they were known. */
    static final class RememberedOrders implements ClosedOrders {

        private final Map<OrderId, Instant> rows = new HashMap<>();
        private final Map<OrderId, TenantId> tenants = new HashMap<>();

        @Override
        public void remember(OrderId orderId, @Nullable TenantId tenantId, Instant now) {
            if (rows.putIfAbsent(orderId, now) == null && tenantId != null) {
                tenants.put(orderId, tenantId);
            }
        }

        @Override
        public boolean isClosed(OrderId orderId, TenantId tenantId) {
            return tenantId.equals(tenants.get(orderId));
        }

        @Override
        public Optional<Instant> closedAt(OrderId orderId) {
            return Optional.ofNullable(rows.get(orderId));
        }
    }

    /** Intents to close accounts, and what Toss answered. */
    public static final class KnownClosings implements Closings {

        public final List<Closing> begun = new ArrayList<>();
        private final Map<Closing, String> answers = new HashMap<>();

        @Override
        public Closing begin(PaymentId paymentId, PaymentKey key, OrderId orderId, Instant now) {
            if (begun.isEmpty() || answers.containsKey(begun.getLast())) {
                begun.add(new Closing(paymentId, key, orderId, begun.size() + 1));
            }
            return begun.getLast();
        }

        @Override
        public void answered(Closing closing, String answer, Instant now) {
            answers.put(closing, answer);
        }
    }

    /** Answers what the test put there, in order. */
    public static final class ScriptedGateway implements PaymentGateway {

        public final Deque<GatewayOutcome> outcomes = new ArrayDeque<>();
        public final Deque<GatewayFinding> findings = new ArrayDeque<>();
        public final Deque<ClosingOutcome> closingOutcomes = new ArrayDeque<>();
        public final Deque<CancelOutcome> cancelOutcomes = new ArrayDeque<>();
        public final Deque<OpeningOutcome> openingOutcomes = new ArrayDeque<>();
        public final List<Opening> opened = new ArrayList<>();
        public final List<Attempt> confirmed = new ArrayList<>();
        public final List<Cancellation> cancelled = new ArrayList<>();
        public final List<String> closed = new ArrayList<>();
        public final List<String> asked = new ArrayList<>();
        /** Knows no cash receipts, until a test says otherwise. */
        public CashReceipts cashReceipts = (payment, _, _) -> new CashReceipts.Noted(payment, null);
        /** What others do while Toss works. */
        public Runnable meanwhile = () -> {};

        @Override
        public synchronized GatewayOutcome confirm(Attempt attempt) {
            confirmed.add(attempt);
            meanwhile.run();
            return Objects.requireNonNull(outcomes.poll(), "unexpected confirm");
        }

        @Override
        public synchronized OpeningOutcome open(Opening opening) {
            opened.add(opening);
            meanwhile.run();
            return Objects.requireNonNull(openingOutcomes.poll(), "unexpected opening");
        }

        @Override
        public synchronized ClosingOutcome close(Closing closing) {
            closed.add(closing.idempotencyKey());
            meanwhile.run();
            return Objects.requireNonNull(closingOutcomes.poll(), "unexpected closing");
        }

        @Override
        public synchronized CancelOutcome cancel(Cancellation cancellation) {
            cancelled.add(cancellation);
            meanwhile.run();
            return Objects.requireNonNull(cancelOutcomes.poll(), "unexpected cancel");
        }

        @Override
        public synchronized GatewayFinding find(PaymentKey key) {
            asked.add(key.value());
            meanwhile.run();
            return Objects.requireNonNull(findings.poll(), "unexpected question");
        }

        @Override
        public synchronized GatewayFinding find(OrderId orderId) {
            asked.add(orderId.value());
            return Objects.requireNonNull(findings.poll(), "unexpected question");
        }
    }

    /** Webhooks and what became of them. */
    public static final class KeptWebhooks implements Webhooks {

        public final List<Pending> pending = new ArrayList<>();
        public final List<String> answers = new ArrayList<>();

        @Override
        public void keep(TossWebhook webhook, Outcome outcome, Instant now) {
            answers.add(outcome + " " + webhook.grade());
        }

        @Override
        public void keep(TossWebhook webhook, PaymentId payment, Outcome outcome, Instant now) {
            answers.add(outcome + " " + webhook.grade());
        }

        @Override
        public void keep(TossWebhook webhook, PaymentId payment) {
            pending.add(new Pending(webhook.id(), webhook.grade(), webhook.paymentKey(), webhook.status()));
        }

        @Override
        public List<Pending> pending(PaymentId payment) {
            return List.copyOf(pending);
        }

        @Override
        public void answer(Pending webhook, Outcome outcome, Grade grade, Instant now) {
            pending.remove(webhook);
            answers.add(outcome + " " + grade);
        }

        @Override
        public int forget(Instant before, int limit) {
            return 0;
        }

        @Override
        public int forgetStray(Instant before, int limit) {
            return 0;
        }
    }
}
