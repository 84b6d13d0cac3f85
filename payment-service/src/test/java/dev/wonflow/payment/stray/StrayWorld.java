package dev.wonflow.payment.stray;

import dev.wonflow.money.Money;
import dev.wonflow.payment.PaymentKey;
import dev.wonflow.payment.gateway.CancelOutcome;
import dev.wonflow.payment.gateway.Failure;
import dev.wonflow.payment.gateway.GatewayCancel;
import dev.wonflow.payment.gateway.GatewayFinding;
import dev.wonflow.payment.gateway.GatewayPayment;
import dev.wonflow.payment.ledger.LedgerEntry;
import dev.wonflow.payment.payment.Payment;
import dev.wonflow.payment.payment.PaymentFixture;
import dev.wonflow.payment.payment.PaymentStatus;
import dev.wonflow.payment.payment.Stray;
import dev.wonflow.payment.payment.World;
import dev.wonflow.testsupport.SequentialIds;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionOperations;

/** A payment, and money of its order under a key beside it; Toss holds what {@link #cancelAtToss} has not taken. */
final class StrayWorld {

    final World world = new World();
    final KeptStrays strays = new KeptStrays();
    final List<LedgerEntry> posted = new ArrayList<>();
    final List<StrayCapture> told = new ArrayList<>();
    final List<StrayCapture> explained = new ArrayList<>();
    private final NoteStrays noteStrays = new NoteStrays(strays, world.payments, posted::add, new SequentialIds());
    private final List<GatewayCancel> cancels = new ArrayList<>();
    private final PaymentKey key;
    private final Money taken;
    private final @Nullable Instant dueAt;

    /** Money of the payment's sum under another key than the one that counts. */
    StrayWorld(PaymentStatus status) {
        this(status, PaymentFixture.OTHER_KEY, PaymentFixture.PRICE, null);
    }

    StrayWorld(PaymentStatus status, PaymentKey key, Money taken, @Nullable Instant dueAt) {
        this.key = key;
        this.taken = taken;
        this.dueAt = dueAt;
        world.given(status);
        world.strays = noteStrays;
    }

    /** Someone finds it. */
    StrayCaptureId found(Stray.Reason reason) {
        noteStrays.note(world.payment(), new Stray(key, atToss(), reason), world.clock.instant());
        return stray().id();
    }

    StrayCapture stray() {
        return strays.find(key).orElseThrow();
    }

    RefundStray refundStray() {
        return new RefundStray(
                strays,
                world.payments,
                world.gateway,
                world.settlePayment(),
                posted::add,
                (Payment _, StrayCapture stray) -> told.add(stray),
                explained::add,
                world.incidents::add,
                new StrayProperties(
                        Duration.ofSeconds(2),
                        Duration.ofMinutes(5),
                        Duration.ofHours(6),
                        2,
                        Duration.ofMinutes(1),
                        Duration.ofSeconds(5)),
                world.deposit,
                () -> 0,
                world.clock,
                TransactionOperations.withoutTransaction());
    }

    /** No deposit came into the account of the payment, so that it holds nothing. */
    void accountRunsOut() {
        world.payments.save(world.payment()
                .failed(new Failure(Failure.EXPIRED, null), world.clock.instant())
                .payment());
    }

    /** Takes from what Toss holds, as a call of ours or someone else does. */
    void cancelAtToss(Money won, GatewayCancel.State state) {
        Money after = atToss().minus(won);
        cancels.add(new GatewayCancel(
                "txrd_" + (cancels.size() + 1), won, after, state, "중복 결제 취소", world.clock.instant()));
    }

    void cancelAllAtToss() {
        cancelAtToss(atToss(), GatewayCancel.State.DONE);
    }

    /** The cancel under way ends. */
    void end(GatewayCancel.State state) {
        GatewayCancel last = cancels.removeLast();
        cancels.add(new GatewayCancel(
                last.transactionKey(), last.amount(), last.balanceAfter(), state, last.reason(), last.canceledAt()));
    }

    Money atToss() {
        return cancels.stream()
                .filter(cancel -> cancel.state() != GatewayCancel.State.ABORTED)
                .map(GatewayCancel::amount)
                .reduce(taken, Money::minus);
    }

    /** What Toss says of it now. */
    GatewayFinding.Seen seen() {
        Money left = atToss();
        GatewayFinding.State state = left.equals(taken)
                ? GatewayFinding.State.DONE
                : left.isZero() ? GatewayFinding.State.CANCELED : GatewayFinding.State.PARTIAL_CANCELED;
        return seen(state);
    }

    GatewayFinding.Seen seen(GatewayFinding.State state) {
        return seen(state, state.isBeforeMoney() || state == GatewayFinding.State.EXPIRED ? null : PaymentFixture.NOON);
    }

    GatewayFinding.Seen seen(GatewayFinding.State state, @Nullable Instant approvedAt) {
        return new GatewayFinding.Seen(
                state,
                new GatewayPayment(
                        PaymentFixture.ORDER,
                        key,
                        taken,
                        atToss(),
                        "KRW",
                        dueAt == null ? "카드" : "가상계좌",
                        approvedAt,
                        dueAt,
                        false,
                        null,
                        null,
                        null,
                        cancels),
                null);
    }

    /** A look will say what is so. */
    void willBeSeen() {
        world.gateway.findings.add(seen());
    }

    /** The call after the look gives all of it back, and ends as {@code outcome}, or is answered. */
    void willGiveBack(@Nullable CancelOutcome outcome) {
        world.gateway.meanwhile = () -> world.gateway.meanwhile = () -> {
            world.gateway.meanwhile = () -> {};
            cancelAllAtToss();
            world.gateway.cancelOutcomes.add(outcome == null ? new CancelOutcome.Answered(seen()) : outcome);
        };
    }

    /** What is in suspense, in won. */
    long suspense() {
        return posted.stream()
                .mapToLong(entry -> entry.amount().won() * (entry.kind() == LedgerEntry.Kind.STRAY_CAPTURED ? 1 : -1))
                .sum();
    }

    /** Stray captures and when to go on with them. */
    static final class KeptStrays implements StrayCaptures {

        private final Map<StrayCaptureId, StrayCapture> rows = new LinkedHashMap<>();
        final Map<StrayCaptureId, Instant> planned = new LinkedHashMap<>();

        @Override
        public boolean add(StrayCapture found) {
            if (find(found.paymentKey()).isPresent()) {
                return false;
            }
            rows.put(found.id(), found);
            return true;
        }

        @Override
        public void save(StrayCapture stray) {
            rows.put(stray.id(), stray);
        }

        @Override
        public Optional<StrayCapture> find(StrayCaptureId id) {
            return Optional.ofNullable(rows.get(id));
        }

        @Override
        public Optional<StrayCapture> find(PaymentKey of) {
            return rows.values().stream()
                    .filter(stray -> stray.paymentKey().equals(of))
                    .findFirst();
        }

        @Override
        public void plan(StrayCaptureId id, Instant due) {
            planned.put(id, due);
        }
    }
}
