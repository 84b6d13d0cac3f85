package dev.wonflow.payment.receipt;

import dev.wonflow.audit.AuditEntry;
import dev.wonflow.payment.PaymentId;
import dev.wonflow.payment.gateway.ListedReceipt;
import dev.wonflow.payment.gateway.ReceiptCall;
import dev.wonflow.payment.gateway.ReceiptGateway;
import dev.wonflow.payment.gateway.ReceiptListing;
import dev.wonflow.payment.gateway.ReceiptNumber;
import dev.wonflow.payment.gateway.ReceiptOutcome;
import dev.wonflow.payment.payment.World;
import dev.wonflow.runtime.TenantId;
import dev.wonflow.testsupport.SequentialIds;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionOperations;

/** Cash receipts and their requests in memory, and a Toss that says what a test has told it to. */
final class ReceiptWorld {

    final StoredReceipts receipts = new StoredReceipts();
    final StoredRequests requests = new StoredRequests();
    final ScriptedDesk desk = new ScriptedDesk();
    final List<AuditEntry> audited = new ArrayList<>();

    private final World world;
    private final ReceiptEvents events;
    private final SequentialIds ids = new SequentialIds();
    private final ReceiptProperties properties = new ReceiptProperties(
            Duration.ofMinutes(10),
            Duration.ofHours(6),
            Duration.ofDays(4),
            Duration.ofDays(1),
            Duration.ofSeconds(10),
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofMinutes(5),
            4,
            Duration.ofMinutes(1),
            Duration.ofSeconds(5));

    ReceiptWorld(World world, ReceiptEvents events) {
        this.world = world;
        this.events = events;
    }

    NoteReceipts noteReceipts() {
        return new NoteReceipts(receipts, requests, changes());
    }

    CarryOutReceipts carryOutReceipts() {
        return new CarryOutReceipts(
                receipts,
                requests,
                changes(),
                world.payments,
                world.gateway,
                desk,
                world.settlePayment(),
                world.incidents::add,
                properties,
                ids,
                () -> 0,
                world.clock,
                TransactionOperations.withoutTransaction());
    }

    EndReceiptRequest endReceiptRequest() {
        return new EndReceiptRequest(
                world.payments,
                requests,
                properties,
                audited::add,
                world.clock,
                TransactionOperations.withoutTransaction());
    }

    FollowReceipts followReceipts() {
        return new FollowReceipts(
                receipts,
                changes(),
                world.payments,
                desk,
                world.incidents::add,
                properties,
                world.clock,
                TransactionOperations.withoutTransaction());
    }

    private ReceiptChanges changes() {
        return new ReceiptChanges(receipts, world.payments, events, world.incidents::add, properties);
    }

    static final class StoredReceipts implements Receipts {

        private final Map<String, CashReceipt> rows = new LinkedHashMap<>();

        @Override
        public List<CashReceipt> of(PaymentId id) {
            return List.copyOf(rows.values());
        }

        @Override
        public List<CashReceipt> openOf(LocalDate day) {
            return rows.values().stream().filter(CashReceipt::isOpen).toList();
        }

        @Override
        public void save(CashReceipt receipt) {
            rows.put(receipt.told().receiptKey() + receipt.told().requestedAt(), receipt);
        }
    }

    static final class StoredRequests implements ReceiptRequests {

        final Map<PaymentId, Instant> planned = new LinkedHashMap<>();
        private final Map<ReceiptRequestId, ReceiptRequest> rows = new LinkedHashMap<>();
        private final Map<ReceiptRequestId, ReceiptNumber> customers = new LinkedHashMap<>();

        @Override
        public void add(ReceiptRequest request, TenantId tenant, @Nullable ReceiptNumber customer) {
            rows.put(request.id(), request);
            if (customer != null) {
                customers.put(request.id(), customer);
            }
        }

        @Override
        public void save(ReceiptRequest request) {
            rows.put(request.id(), request);
        }

        @Override
        public Optional<ReceiptRequest> find(ReceiptRequestId id) {
            return Optional.ofNullable(rows.get(id));
        }

        @Override
        public Optional<ReceiptRequest> find(PaymentId paymentId, String requestKey) {
            return Optional.empty();
        }

        @Override
        public List<ReceiptRequest> of(PaymentId paymentId) {
            return rows.values().stream()
                    .sorted(Comparator.comparing(ReceiptRequest::requestedAt))
                    .toList();
        }

        @Override
        public Optional<ReceiptNumber> customer(ReceiptRequestId id, TenantId tenant) {
            return Optional.ofNullable(customers.get(id));
        }

        void loseCustomers() {
            customers.clear();
        }

        @Override
        public void plan(PaymentId paymentId, Instant due) {
            planned.put(paymentId, due);
        }

        @Override
        public void planLook(LocalDate day, Instant due) {}

        @Override
        public void planNextLook(LocalDate day, Instant due) {}
    }

    /** Answers calls in the order a test gave; lists what it was given. */
    static final class ScriptedDesk implements ReceiptGateway {

        final Deque<ReceiptOutcome> outcomes = new ArrayDeque<>();
        final List<ListedReceipt> listed = new ArrayList<>();
        final List<ReceiptCall> calls = new ArrayList<>();
        final List<LocalDate> days = new ArrayList<>();
        /** What happens while a call is at Toss. */
        Runnable meanwhile = () -> {};
        /** What Toss answers in the place of a list. */
        @Nullable
        ReceiptListing noList;

        @Override
        public ReceiptOutcome call(ReceiptCall call) {
            calls.add(call);
            meanwhile.run();
            return outcomes.removeFirst();
        }

        @Override
        public ReceiptListing list(LocalDate day) {
            days.add(day);
            return noList == null ? new ReceiptListing.Read(listed) : noList;
        }
    }
}
