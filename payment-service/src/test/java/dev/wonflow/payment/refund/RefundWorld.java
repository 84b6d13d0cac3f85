package dev.wonflow.payment.refund;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.money.Money;
import dev.wonflow.payment.PaymentId;
import dev.wonflow.payment.PaymentKey;
import dev.wonflow.payment.gateway.CancelOutcome;
import dev.wonflow.payment.gateway.GatewayCancel;
import dev.wonflow.payment.gateway.GatewayFinding;
import dev.wonflow.payment.gateway.GatewayPayment;
import dev.wonflow.payment.gateway.RefundAccount;
import dev.wonflow.payment.payment.PaymentFixture;
import dev.wonflow.payment.payment.PaymentStatus;
import dev.wonflow.payment.payment.RefundOrigin;
import dev.wonflow.payment.payment.World;
import dev.wonflow.runtime.TenantId;
import dev.wonflow.testsupport.SequentialIds;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionOperations;

/** A paid payment and its refunds, in memory; Toss holds what {@link #cancelAtToss} has not taken. */
final class RefundWorld {

    final World world = new World();
    private final KeptApprovals approvals = new KeptApprovals();
    final KeptRefunds refunds = new KeptRefunds(approvals);
    final List<GatewayCancel> cancels = new ArrayList<>();
    private final SequentialIds ids = new SequentialIds();
    private RefundProperties properties = properties(null);

    RefundWorld() {
        this(PaymentStatus.PAID);
    }

    RefundWorld(PaymentStatus status) {
        world.given(status);
        world.cancels = new NoteCancels(refunds, ids);
        world.giveBack = new RefundClosedOrder(refunds, ids);
    }

    /** A second person has to agree to more than that. */
    void approvalAbove(long won) {
        properties = properties(won);
    }

    private static RefundProperties properties(@Nullable Long approvalAbove) {
        return new RefundProperties(
                Duration.ofSeconds(10),
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                Duration.ofMinutes(5),
                4,
                Duration.ofMinutes(1),
                Duration.ofSeconds(5),
                approvalAbove);
    }

    ApproveRefund approveRefund() {
        return new ApproveRefund(
                world.payments,
                refunds,
                approvals,
                requestRefund(),
                world.giveBack,
                world.incidents::add,
                world.audited::add,
                world.clock,
                TransactionOperations.withoutTransaction());
    }

    CarryOutRefund carryOutRefund() {
        return new CarryOutRefund(
                refunds,
                world.payments,
                world.gateway,
                world.settlePayment(),
                world.giveBack,
                world.incidents::add,
                properties,
                () -> 0,
                world.clock,
                TransactionOperations.withoutTransaction());
    }

    RequestRefund requestRefund() {
        return new RequestRefund(
                world.findPayment(),
                world.payments,
                refunds,
                approvals,
                world.audited::add,
                properties,
                ids,
                world.clock,
                duration -> {
                    world.clock.advance(duration);
                    workOff();
                },
                TransactionOperations.withoutTransaction());
    }

    RequestRefund.Standing request(@Nullable Long won, @Nullable String key) throws InterruptedException {
        return requestRefund().request(asked(won, key));
    }

    static RequestRefund.Request asked(@Nullable Long won, @Nullable String key) {
        return new RequestRefund.Request(
                PaymentFixture.CALLER,
                PaymentFixture.ORDER.value(),
                won == null ? null : Money.ofWon(won),
                null,
                Money.ZERO,
                "고객 변심",
                null,
                key);
    }

    /** Puts a refund there that nobody has begun. */
    RefundId given(long won) {
        Refund refund = Refund.requested(
                new RefundId(ids.next()),
                world.payment().id(),
                PaymentFixture.KEY,
                RefundOrigin.REQUESTED,
                Money.ofWon(won),
                Money.ZERO,
                "고객 변심",
                null,
                world.clock.instant());
        refunds.add(refund, null);
        return refund.id();
    }

    /** Goes on with what is due, as the workers would. */
    void workOff() {
        Map.copyOf(refunds.planned).forEach((id, due) -> {
            if (!due.isAfter(world.clock.instant())) {
                refunds.planned.remove(id);
                carryOutRefund().goOn(id).ifPresent(next -> refunds.planned.put(id, next));
            }
        });
    }

    /** Takes money from what Toss holds, as a call of ours or someone else does. */
    void cancelAtToss(long won, GatewayCancel.State state) {
        Money after = atToss().minus(Money.ofWon(won));
        cancels.add(new GatewayCancel(
                "txrd_" + (cancels.size() + 1), Money.ofWon(won), after, state, "고객 변심", world.clock.instant()));
    }

    void cancelAtToss(long won) {
        cancelAtToss(won, GatewayCancel.State.DONE);
    }

    /** The cancel under way ends. */
    void end(GatewayCancel.State state) {
        GatewayCancel last = cancels.removeLast();
        cancels.add(new GatewayCancel(
                last.transactionKey(), last.amount(), last.balanceAfter(), state, last.reason(), last.canceledAt()));
    }

    private Money atToss() {
        return cancels.stream()
                .filter(cancel -> cancel.state() != GatewayCancel.State.ABORTED)
                .map(GatewayCancel::amount)
                .reduce(PaymentFixture.PRICE, Money::minus);
    }

    /** What Toss says now. */
    GatewayFinding.Seen seen() {
        Money balance = atToss();
        GatewayPayment like = PaymentFixture.aGatewayPayment(PaymentFixture.KEY, balance);
        GatewayFinding.State state = balance.equals(PaymentFixture.PRICE)
                ? GatewayFinding.State.DONE
                : GatewayFinding.State.PARTIAL_CANCELED;
        return new GatewayFinding.Seen(
                state,
                new GatewayPayment(
                        like.orderId(),
                        like.paymentKey(),
                        like.amount(),
                        balance,
                        like.currency(),
                        like.method(),
                        like.approvedAt(),
                        like.dueAt(),
                        like.expired(),
                        like.secret(),
                        like.lastTransactionKey(),
                        like.account(),
                        cancels),
                null);
    }

    /** The next call gives the money back, and is answered. */
    void willAnswer(long won) {
        world.gateway.meanwhile = () -> {
            world.gateway.meanwhile = () -> {};
            cancelAtToss(won);
            world.gateway.cancelOutcomes.add(new CancelOutcome.Answered(seen()));
        };
    }

    /** The same for a call after a look. */
    void willAnswerAfterLook(long won) {
        world.gateway.meanwhile = () -> willAnswer(won);
    }

    RefundStatus status(RefundId id) {
        return refunds.find(id).orElseThrow().status();
    }

    /** Refunds and when to go on with them. */
    static final class KeptRefunds implements Refunds {

        final Map<RefundId, Refund> rows = new LinkedHashMap<>();
        final Map<RefundId, Instant> planned = new LinkedHashMap<>();
        private final Map<RefundId, RefundAccount> accounts = new HashMap<>();
        private final Approvals approvals;

        KeptRefunds(Approvals approvals) {
            this.approvals = approvals;
        }

        @Override
        public void add(Refund refund, @Nullable RefundAccount account) {
            rows.put(refund.id(), refund);
            if (account != null) {
                accounts.put(refund.id(), account);
            }
        }

        @Override
        public void save(Refund refund) {
            rows.put(refund.id(), refund);
        }

        @Override
        public Optional<Refund> find(RefundId id) {
            return Optional.ofNullable(rows.get(id));
        }

        @Override
        public Optional<Refund> find(PaymentId paymentId, String requestKey) {
            return rows.values().stream()
                    .filter(refund -> requestKey.equals(refund.requestKey()))
                    .filter(refund -> refund.status() != RefundStatus.FAILED
                            || approvals.requestedBy(refund.id()).isPresent())
                    .findFirst();
        }

        @Override
        public List<Refund> open(PaymentId paymentId) {
            return rows.values().stream()
                    .filter(refund -> !refund.status().isEnded())
                    .toList();
        }

        @Override
        public Money askedFor(PaymentId paymentId) {
            return rows.values().stream()
                    .filter(refund ->
                            refund.origin() == RefundOrigin.REQUESTED && refund.status() != RefundStatus.FAILED)
                    .map(Refund::amount)
                    .reduce(Money.ZERO, Money::plus);
        }

        @Override
        public List<Refund> awaitingApproval(TenantId tenant, int limit) {
            return rows.values().stream()
                    .filter(refund -> refund.status() == RefundStatus.AWAITING_APPROVAL)
                    .toList();
        }

        @Override
        public Set<String> transactionKeys(PaymentKey key) {
            return rows.values().stream()
                    .flatMap(refund -> Stream.ofNullable(refund.transactionKey()))
                    .collect(Collectors.toSet());
        }

        @Override
        public Optional<Instant> lastCallAt(PaymentId paymentId) {
            return rows.values().stream()
                    .flatMap(refund -> Stream.ofNullable(refund.call()))
                    .map(Refund.Call::at)
                    .max(Comparator.naturalOrder());
        }

        @Override
        public Optional<RefundAccount> account(RefundId id) {
            return Optional.ofNullable(accounts.get(id));
        }

        @Override
        public void plan(RefundId id, PaymentId paymentId, Instant due) {
            planned.put(id, due);
        }
    }

    /** What has been decided. */
    static final class KeptApprovals implements Approvals {

        private final Map<RefundId, String> asked = new HashMap<>();

        @Override
        public void ask(RefundId id, String requestedBy) {
            asked.put(id, requestedBy);
        }

        @Override
        public Optional<String> requestedBy(RefundId id) {
            return Optional.ofNullable(asked.get(id));
        }

        @Override
        public void decide(RefundId id, boolean approved, String decidedBy, Instant now) {
            assertThat(asked).as("refunds that were asked for").containsKey(id);
        }
    }
}
