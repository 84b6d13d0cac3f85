package dev.wonflow.payment.billing;

import dev.wonflow.audit.AuditEntry;
import dev.wonflow.incidents.IncidentReport;
import dev.wonflow.payment.CustomerKeys;
import dev.wonflow.payment.OrderId;
import dev.wonflow.payment.gateway.AuthKey;
import dev.wonflow.payment.gateway.BillingGateway;
import dev.wonflow.payment.gateway.BillingKey;
import dev.wonflow.payment.gateway.CallRoom;
import dev.wonflow.payment.gateway.ChargeCall;
import dev.wonflow.payment.gateway.ChargeOutcome;
import dev.wonflow.payment.gateway.GatewayFinding;
import dev.wonflow.payment.gateway.IssueOutcome;
import dev.wonflow.payment.gateway.Merchant;
import dev.wonflow.payment.gateway.Operation;
import dev.wonflow.payment.gateway.RemovalOutcome;
import dev.wonflow.payment.payment.PaymentFixture;
import dev.wonflow.runtime.TenantId;
import dev.wonflow.testsupport.MutableClock;
import dev.wonflow.testsupport.SequentialIds;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.transaction.support.TransactionOperations;

/** Billing methods in memory, and a Toss that says what a test wants. */
public final class BillingWorld {

    public static final BillingKey KEY = new BillingKey("Qm9vX3Rlc3RfYmlsbGluZ19rZXlfMDAwMDAwMDAwMDE=");
    public static final IssueOutcome.Face FACE = new IssueOutcome.Face("카드", "21", "94100012****789*", "신용");

    public final MutableClock clock = new MutableClock();
    public final KeptMethods methods = new KeptMethods();
    public final ScriptedBilling gateway = new ScriptedBilling();
    public final List<IncidentReport> alerts = new ArrayList<>();
    public final List<AuditEntry> audited = new ArrayList<>();
    /** What was told of methods, such as {@code registered} and {@code by TOSS} for its removal, behind its id. */
    public final List<String> told = new ArrayList<>();

    /** One registration at a time. */
    final CallRoom callRoom = new CallRoom(Map.of(Operation.ISSUE, 1));

    final Map<TenantId, String> names = new HashMap<>();
    boolean setUp = true;

    public RemoveMethod removeMethod() {
        return new RemoveMethod(methods, new Told(), audited::add, clock, TransactionOperations.withoutTransaction());
    }

    RegisterMethod registerMethod() {
        return new RegisterMethod(
                methods,
                new KeptNames(),
                new CustomerKeys(new SecureRandom(new byte[] {1})),
                gateway,
                callRoom,
                new Unsealed(),
                new Told(),
                alerts::add,
                audited::add,
                new Merchant("test_ck_world", false),
                new SequentialIds(),
                clock,
                TransactionOperations.withoutTransaction());
    }

    AnnounceMethods announceMethods() {
        return new AnnounceMethods(methods, new Told(), TransactionOperations.withoutTransaction());
    }

    /** A method of the caller's tenant. */
    public BillingMethodId given(BillingMethodStatus status) {
        BillingMethodId id = new BillingMethodId(SequentialIds.id(900));
        Instant now = clock.instant();
        methods.add(
                new BillingMethod(
                        id, PaymentFixture.CALLER.tenant(), "customer-1", status, KEY.print(), FACE, false, now, now),
                KEY);
        return id;
    }

    private final class Told implements BillingEvents {

        @Override
        public void registered(BillingMethod method) {
            told.add(method.id() + " registered");
        }

        @Override
        public void removed(BillingMethod method, RemovedBy by, Instant at) {
            told.add(method.id() + " by " + by);
        }
    }

    private final class KeptNames implements Customers {

        @Override
        public Optional<String> customerKey(TenantId tenant) {
            return Optional.ofNullable(names.get(tenant));
        }

        @Override
        public Optional<TenantId> tenant(String customerKey) {
            return names.entrySet().stream()
                    .filter(name -> name.getValue().equals(customerKey))
                    .map(Map.Entry::getKey)
                    .findFirst();
        }

        @Override
        public String name(TenantId tenant, String customerKey, Instant now) {
            names.putIfAbsent(tenant, customerKey);
            return customerKey(tenant).orElseThrow();
        }
    }

    private final class Unsealed implements KeySeal {

        @Override
        public byte[] seal(BillingKey key, TenantId tenant, BillingMethodId method) {
            return key.value().getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public BillingKey open(byte[] sealed, TenantId tenant, BillingMethodId method) {
            return new BillingKey(new String(sealed, StandardCharsets.UTF_8));
        }

        @Override
        public int sealsUnder() {
            return 1;
        }

        @Override
        public boolean isSetUp() {
            return setUp;
        }
    }

    /** Billing methods and when their keys are to be forgotten. */
    public static final class KeptMethods implements BillingMethods {

        public final Map<BillingMethodId, BillingMethod> rows = new LinkedHashMap<>();
        public final Map<BillingMethodId, BillingKey> keys = new HashMap<>();
        public final Map<BillingMethodId, Instant> removals = new HashMap<>();
        /** What a version before has registered. */
        public final Set<BillingMethodId> unannounced = new LinkedHashSet<>();

        @Override
        public void add(BillingMethod method, BillingKey key) {
            rows.put(method.id(), method);
            keys.put(method.id(), key);
        }

        @Override
        public void save(BillingMethod method) {
            rows.put(method.id(), method);
            if (method.status() == BillingMethodStatus.REMOVED) {
                keys.remove(method.id());
            }
        }

        @Override
        public Optional<BillingMethod> find(TenantId tenant, BillingMethodId id) {
            return findAndHold(id).filter(method -> method.tenantId().equals(tenant));
        }

        @Override
        public Optional<BillingMethod> findAndHold(BillingMethodId id) {
            return Optional.ofNullable(rows.get(id));
        }

        @Override
        public Optional<BillingMethod> findByPrint(String print) {
            return rows.values().stream()
                    .filter(method -> method.print().equals(print))
                    .findFirst();
        }

        @Override
        public List<BillingMethod> of(TenantId tenant) {
            return rows.values().stream()
                    .filter(method -> method.tenantId().equals(tenant))
                    .toList();
        }

        @Override
        public Optional<BillingKey> key(BillingMethodId id) {
            return Optional.ofNullable(keys.get(id));
        }

        @Override
        public List<BillingMethod> takeUnannounced(int limit) {
            List<BillingMethod> taken = rows.values().stream()
                    .filter(method -> method.isChargeable() && unannounced.contains(method.id()))
                    .limit(limit)
                    .toList();
            taken.forEach(method -> unannounced.remove(method.id()));
            return taken;
        }

        @Override
        public void planRemoval(BillingMethodId id, Instant due) {
            removals.put(id, due);
        }
    }

    /** Answers as told, in order. */
    public static final class ScriptedBilling implements BillingGateway {

        public final Deque<IssueOutcome> issues = new ArrayDeque<>();
        public final Deque<ChargeOutcome> charges = new ArrayDeque<>();
        public final Deque<GatewayFinding> findings = new ArrayDeque<>();
        /** What was asked, such as {@code charge 1} and {@code find}. */
        public final List<String> asked = new ArrayList<>();

        @Override
        public IssueOutcome issue(AuthKey authKey, String customerKey) {
            asked.add("issue");
            return issues.remove();
        }

        @Override
        public ChargeOutcome charge(ChargeCall call) {
            asked.add("charge " + call.number());
            return charges.remove();
        }

        @Override
        public RemovalOutcome remove(BillingKey key) {
            asked.add("remove");
            return new RemovalOutcome.Gone();
        }

        @Override
        public GatewayFinding find(OrderId orderId) {
            asked.add("find");
            return findings.remove();
        }
    }
}
