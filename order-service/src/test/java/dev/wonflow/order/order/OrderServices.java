package dev.wonflow.order.order;

import dev.wonflow.audit.AuditEntry;
import dev.wonflow.order.OrderId;
import dev.wonflow.order.payment.Payment;
import dev.wonflow.order.payment.PaymentFact;
import dev.wonflow.order.payment.PaymentLog;
import dev.wonflow.order.payment.PaymentNote;
import dev.wonflow.runtime.TenantId;
import dev.wonflow.testsupport.MutableClock;
import dev.wonflow.testsupport.SequentialIds;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.transaction.support.TransactionOperations;

/** The use cases over orders kept in memory. */
public final class OrderServices {

    private final InMemoryOrders orders = new InMemoryOrders();
    private final InMemoryPaymentLog payments = new InMemoryPaymentLog();
    private final List<OrderEvent> published = new ArrayList<>();
    private final OrderEvents events = (_, event) -> published.add(event);
    private final List<AuditEntry> audited = new ArrayList<>();
    private final Changes changes = new Changes(orders, events, audited::add);
    private final TransactionOperations transaction = TransactionOperations.withoutTransaction();
    private final MutableClock clock = new MutableClock();
    private final SequentialIds ids = new SequentialIds();
    private final OrderProperties properties = new OrderProperties(Duration.ofHours(24), Duration.ofSeconds(30), 2);
    private long sequence;

    public PlaceOrder placeOrder() {
        return new PlaceOrder(orders, changes, transaction, ids, clock, properties);
    }

    public FindOrder findOrder() {
        return new FindOrder(orders, payments);
    }

    public ShipOrder shipOrder() {
        return new ShipOrder(orders, changes, transaction, clock);
    }

    public CancelOrder cancelOrder() {
        return new CancelOrder(orders, changes, transaction, clock);
    }

    public ApplyPayment applyPayment() {
        return new ApplyPayment(orders, payments, changes, clock);
    }

    public ExpireOrders expireOrders() {
        return new ExpireOrders(orders, changes, transaction, clock, properties);
    }

    public CheckoutPage checkoutPage() {
        return CheckoutPage.of("APP_URL", "http://127.0.0.1:18085");
    }

    public MutableClock clock() {
        return clock;
    }

    public List<OrderEvent> published() {
        return published;
    }

    public List<AuditEntry> audited() {
        return audited;
    }

    /** Makes the order of this id fail to be stored, as a row with a defect would. */
    public void spoil(OrderId id) {
        orders.spoiled = id;
    }

    public List<PaymentNote> notes() {
        return payments.notes;
    }

    public Order order(OrderId id) {
        return orders.find(id).orElseThrow();
    }

    public ApplyPayment.Result pay(String id) {
        return apply(new PaymentFact.Paid(paymentOf(id), clock.instant()));
    }

    public ApplyPayment.Result check(String id) {
        return apply(new PaymentFact.OutcomeUnknown(paymentOf(id)));
    }

    public ApplyPayment.Result fail(String id, String code, String message) {
        return apply(new PaymentFact.Failed(paymentOf(id), code, message, clock.instant()));
    }

    private ApplyPayment.Result apply(PaymentFact fact) {
        return applyPayment().apply(fact, ++sequence);
    }

    public Payment paymentOf(String id) {
        Order order = order(new OrderId(id));
        return new Payment(OrderFixture.PAYMENT, order.id(), order.tenantId(), order.amount(), false);
    }

    private static final class InMemoryOrders implements Orders {

        private final Map<OrderId, Order> rows = new HashMap<>();
        private @Nullable OrderId spoiled;

        @Override
        public Optional<Order> find(OrderId id) {
            return Optional.ofNullable(rows.get(id));
        }

        @Override
        public Optional<Order> lock(OrderId id) {
            return find(id);
        }

        @Override
        public Optional<Order> findByRequest(TenantId tenantId, String requestId) {
            return rows.values().stream()
                    .filter(order -> tenantId.equals(order.tenantId()) && requestId.equals(order.requestId()))
                    .findFirst();
        }

        @Override
        public Order save(Order order) {
            long stored = find(order.id()).map(Order::version).orElse(0L);
            if (stored != order.version() || order.id().equals(spoiled)) {
                throw new OptimisticLockingFailureException("order " + order.id());
            }
            Order saved = new Order(
                    order.id(),
                    order.tenantId(),
                    order.requestId(),
                    order.cart(),
                    order.name(),
                    order.amount(),
                    order.status(),
                    order.checking(),
                    order.paidBy(),
                    order.cancelReason(),
                    order.placedAt(),
                    order.expiresAt(),
                    stored + 1);
            rows.put(saved.id(), saved);
            return saved;
        }

        @Override
        public List<Due> due(Instant now, @Nullable Due after, int limit) {
            Comparator<Due> byTime = Comparator.comparing(Due::expiresAt)
                    .thenComparing(due -> due.id().value());
            return rows.values().stream()
                    .filter(order -> order.isExpired(now))
                    .map(order -> new Due(order.id(), order.expiresAt()))
                    .filter(due -> after == null || byTime.compare(due, after) > 0)
                    .sorted(byTime)
                    .limit(limit)
                    .toList();
        }
    }

    private static final class InMemoryPaymentLog implements PaymentLog {

        private final Map<UUID, Long> marks = new HashMap<>();
        private final List<PaymentNote> notes = new ArrayList<>();

        @Override
        public boolean advance(Payment payment, long sequence) {
            boolean isYounger = marks.getOrDefault(payment.id(), -1L) < sequence;
            if (isYounger) {
                marks.put(payment.id(), sequence);
            }
            return isYounger;
        }

        @Override
        public void add(OrderId order, PaymentNote note) {
            notes.add(note);
        }

        @Override
        public List<PaymentNote> failures(OrderId order) {
            return notes.stream()
                    .filter(note -> note.kind() == PaymentNote.Kind.FAILURE)
                    .toList();
        }
    }
}
