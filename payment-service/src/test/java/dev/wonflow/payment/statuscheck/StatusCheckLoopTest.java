package dev.wonflow.payment.statuscheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.awaitility.Awaitility.await;

import dev.wonflow.payment.OrderId;
import dev.wonflow.payment.PaymentId;
import dev.wonflow.payment.PaymentKey;
import dev.wonflow.payment.gateway.Attempt;
import dev.wonflow.payment.gateway.CancelOutcome;
import dev.wonflow.payment.gateway.Cancellation;
import dev.wonflow.payment.gateway.Closing;
import dev.wonflow.payment.gateway.ClosingOutcome;
import dev.wonflow.payment.gateway.GatewayFinding;
import dev.wonflow.payment.gateway.GatewayOutcome;
import dev.wonflow.payment.gateway.Opening;
import dev.wonflow.payment.gateway.OpeningOutcome;
import dev.wonflow.payment.gateway.PaymentGateway;
import dev.wonflow.payment.gateway.quota.Use;
import dev.wonflow.payment.payment.PaymentFixture;
import dev.wonflow.payment.payment.PaymentStatus;
import dev.wonflow.payment.payment.StatusCheckProperties;
import dev.wonflow.payment.payment.World;
import dev.wonflow.runtime.trace.Trace;
import dev.wonflow.testsupport.MutableClock;
import dev.wonflow.work.Alarm;
import dev.wonflow.work.SystemAlarm;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StatusCheckLoopTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final int PAYMENTS = 8;

    private final long started = System.nanoTime();
    private final SystemAlarm alarm = new SystemAlarm();
    private final World world = new World();
    private final Listed listed = new Listed();
    private final HangingGateway gateway = new HangingGateway();
    private final StatusCheckLoop loop = new StatusCheckLoop(
            checks(),
            world.statusCheckSettings,
            world.clock,
            sleeping(() -> LockSupport.parkNanos(1_000_000)),
            Trace.passedOn());

    @AfterEach
    void stop() {
        gateway.answering.countDown();
        loop.stop();
    }

    @Test
    void loop_runs_whenever_it_was_started_and_ends_when_it_is_stopped() throws InterruptedException {
        for (int i = 0; i < 500; i++) {
            CountDownLatch paused = new CountDownLatch(1);
            CountDownLatch ended = new CountDownLatch(1);
            StatusCheckLoop pausing = new StatusCheckLoop(
                    checks(),
                    world.statusCheckSettings,
                    world.clock,
                    sleeping(() -> {
                        paused.countDown();
                        try {
                            new CountDownLatch(1).await();
                        } finally {
                            ended.countDown();
                        }
                    }),
                    Trace.passedOn());

            pausing.start();
            assertThat(paused.await(10, TimeUnit.SECONDS)).as("round %d ran", i).isTrue();
            pausing.stop();

            assertThat(ended.await(10, TimeUnit.SECONDS))
                    .as("round %d ended", i)
                    .isTrue();
            assertThat(pausing.isRunning()).isFalse();
        }
    }

    @Test
    void one_slow_answer_holds_up_nobody_else() throws InterruptedException {
        List<PaymentId> payments = world.given(PAYMENTS, PaymentStatus.UNKNOWN);
        listed.due.add(payments.getFirst());
        loop.start();
        assertThat(gateway.asked.await(10, TimeUnit.SECONDS)).isTrue();

        listed.due.addAll(payments.subList(1, PAYMENTS));

        await().atMost(PATIENCE).until(() -> listed.done.size() == PAYMENTS - 1);
        assertThat(listed.done).doesNotContain(payments.getFirst());
        gateway.answering.countDown();
        await().atMost(PATIENCE).until(() -> listed.done.contains(payments.getFirst()));
    }

    @Test
    void stop_lets_a_call_under_way_finish() throws InterruptedException {
        List<PaymentId> payments = world.given(PAYMENTS, PaymentStatus.UNKNOWN);
        listed.due.add(payments.getFirst());
        loop.start();
        assertThat(gateway.asked.await(10, TimeUnit.SECONDS)).isTrue();

        Thread stopping = Thread.startVirtualThread(loop::stop);
        await().atMost(PATIENCE).until(() -> !loop.isRunning());
        gateway.answering.countDown();

        assertThat(stopping.join(Duration.ofSeconds(10))).isTrue();
        assertThat(listed.done).containsExactly(payments.getFirst());
    }

    @Test
    void stop_cuts_a_call_that_takes_too_long_and_leaves_the_status_check_to_its_lease() throws InterruptedException {
        List<PaymentId> payments = world.given(PAYMENTS, PaymentStatus.UNKNOWN);
        listed.due.add(payments.getFirst());
        loop.start();
        assertThat(gateway.asked.await(10, TimeUnit.SECONDS)).isTrue();

        loop.stop();

        assertThat(gateway.cut.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(listed.done).isEmpty();
        assertThat(listed.again).isEmpty();
    }

    @Test
    void nothing_is_wrong_with_a_loop_that_finds_nothing_to_do() {
        loop.start();

        world.clock.advance(Duration.ofDays(1));

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(loop.troubleLongerThan(LIMIT)).isEmpty());
    }

    @Test
    void loop_whose_every_look_fails_is_in_trouble_after_a_while_and_well_after_a_good_one() {
        listed.broken = new IllegalStateException("no such table");
        loop.start();
        await().atMost(PATIENCE).until(() -> listed.looks.get() > 0);
        assertThat(loop.troubleLongerThan(LIMIT)).isEmpty();

        world.clock.advance(LIMIT.plusSeconds(1));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(loop.troubleLongerThan(LIMIT))
                        .get(STRING)
                        .contains("cannot be looked for since " + MutableClock.START, "no such table"));

        listed.broken = null;
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(loop.troubleLongerThan(LIMIT)).isEmpty());
    }

    @Test
    void loop_whose_every_status_check_fails_is_in_trouble_though_its_looks_succeed() {
        gateway.broken = new IllegalStateException("no answer can be read");
        gateway.answering.countDown();
        List<PaymentId> payments = world.given(PAYMENTS, PaymentStatus.UNKNOWN);
        loop.start();

        for (PaymentId payment : payments.subList(0, 5)) {
            listed.due.add(payment);
            await().atMost(PATIENCE).until(() -> listed.again.contains(payment));
            world.clock.advance(Duration.ofMinutes(1));
        }
        assertThat(loop.troubleLongerThan(LIMIT)).get(STRING).contains("worked off", "no answer can be read");

        gateway.broken = null;
        listed.due.add(payments.getLast());
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(loop.troubleLongerThan(LIMIT)).isEmpty());
    }

    @Test
    void failure_that_nobody_has_met_again_is_over() {
        gateway.broken = new IllegalStateException("no answer can be read");
        gateway.answering.countDown();
        List<PaymentId> payments = world.given(PAYMENTS, PaymentStatus.UNKNOWN);
        loop.start();
        for (PaymentId payment : payments.subList(0, 2)) {
            listed.due.add(payment);
            await().atMost(PATIENCE).until(() -> listed.again.contains(payment));
            world.clock.advance(Duration.ofMinutes(4));
        }
        assertThat(loop.troubleLongerThan(LIMIT)).isPresent();

        world.clock.advance(Duration.ofMinutes(11));

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(loop.troubleLongerThan(LIMIT)).isEmpty());
    }

    @Test
    void loop_that_finds_nothing_rests() {
        StatusCheckLoop resting = restingForAMinute();
        resting.start();
        await().atMost(PATIENCE).until(() -> listed.looks.get() == 1);

        await("rest").pollDelay(Duration.ofSeconds(1)).until(() -> true);

        assertThat(listed.looks).hasValue(1);
        resting.stop();
    }

    @Test
    void what_is_planned_meanwhile_is_looked_at_although_the_loop_rests() {
        PaymentId payment = world.given(PaymentStatus.UNKNOWN);
        gateway.answering.countDown();
        StatusCheckLoop resting = restingForAMinute();
        resting.start();
        await().atMost(PATIENCE).until(() -> listed.looks.get() == 1);

        listed.due.add(payment);
        alarm.set(Duration.ZERO);

        await().atMost(PATIENCE).until(() -> listed.done.contains(payment));
        resting.stop();
    }

    @Test
    void loop_rests_until_the_next_one_becomes_due() {
        PaymentId payment = world.given(PaymentStatus.UNKNOWN);
        gateway.answering.countDown();
        listed.next = world.clock.instant().plusMillis(300);
        StatusCheckLoop resting = restingForAMinute();
        resting.start();
        await().atMost(PATIENCE).until(() -> listed.looks.get() > 0);

        listed.due.add(payment);

        await().atMost(PATIENCE).until(() -> listed.done.contains(payment));
        resting.stop();
    }

    @Test
    void alarms_do_not_hurry_a_loop_that_cannot_look() {
        listed.broken = new IllegalStateException("no such table");
        StatusCheckLoop resting = restingForAMinute();
        resting.start();

        await("a second of alarms").pollInterval(Duration.ofMillis(10)).until(() -> {
            alarm.set(Duration.ZERO);
            return listed.looks.get() == 3;
        });

        assertThat(Duration.ofNanos(System.nanoTime() - started)).isGreaterThan(Duration.ofSeconds(1));
        resting.stop();
    }

    private StatusCheckLoop restingForAMinute() {
        StatusCheckProperties like = world.statusCheckSettings;
        StatusCheckProperties slow = new StatusCheckProperties(
                Duration.ofMinutes(1),
                like.firstDelay(),
                like.maxDelay(),
                like.orphanAfter(),
                like.confirmWindow(),
                like.atOnce(),
                like.lease(),
                like.hintDelay(),
                like.hintWindow());
        return new StatusCheckLoop(checks(slow), slow, world.clock, alarm, Trace.passedOn());
    }

    private static Alarm sleeping(Sleep sleep) {
        return new Alarm() {

            @Override
            public void set(Duration delay) {}

            @Override
            public void await(Duration shortest, Duration longest) throws InterruptedException {
                sleep.take();
            }
        };
    }

    /** How a sleeper sleeps. */
    private interface Sleep {

        void take() throws InterruptedException;
    }

    private CheckPayments checks() {
        return checks(world.statusCheckSettings);
    }

    private CheckPayments checks(StatusCheckProperties properties) {
        return new CheckPayments(
                listed,
                world.statusChecks,
                world.payments,
                world.attempts,
                world.webhooks,
                gateway,
                world.settlePayment(),
                world.openAccount(),
                world.closeAccount(),
                world.quota,
                world.backoff,
                properties,
                world.clock);
    }

    /** Status checks in the order in which a test puts them there. */
    private static final class Listed implements StatusCheckQueue {

        private final Queue<PaymentId> due = new ConcurrentLinkedQueue<>();
        private final List<PaymentId> done = new CopyOnWriteArrayList<>();
        private final List<PaymentId> again = new CopyOnWriteArrayList<>();
        private final AtomicInteger looks = new AtomicInteger();
        private volatile @Nullable RuntimeException broken;
        private volatile @Nullable Instant next;

        @Override
        public Optional<Instant> nextDue(Instant now) {
            return Optional.ofNullable(next);
        }

        @Override
        public Set<Use> due(Instant now) {
            looks.incrementAndGet();
            RuntimeException failure = broken;
            if (failure != null) {
                throw failure;
            }
            return due.isEmpty() ? Set.of() : Set.of(Use.REQUIRED);
        }

        @Override
        public Optional<StatusCheck> claim(Use use, Instant now, Instant leasedUntil) {
            return Optional.ofNullable(due.poll())
                    .map(id -> new StatusCheck(id, use, new StatusCheck.Lease(0, 0), Optional.empty(), 0, 0, 0, 0));
        }

        @Override
        public void done(StatusCheck check, int fruitless, Instant now, Instant nextHint) {
            done.add(check.paymentId());
        }

        @Override
        public void again(StatusCheck check, Instant now, Instant dueAgain, Instant nextHint) {
            again.add(check.paymentId());
        }

        @Override
        public void giveBack(StatusCheck check) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int forget(Instant before, int limit) {
            return 0;
        }
    }

    /** The first question is answered when the test says so, all others at once, one after the other. */
    private static final class HangingGateway implements PaymentGateway {

        private final CountDownLatch asked = new CountDownLatch(1);
        private final CountDownLatch answering = new CountDownLatch(1);
        private final CountDownLatch cut = new CountDownLatch(1);
        private volatile @Nullable RuntimeException broken;

        @Override
        public GatewayFinding find(PaymentKey key) {
            if (asked.getCount() > 0) {
                asked.countDown();
                awaitAnswer();
            }
            RuntimeException failure = broken;
            if (failure != null) {
                throw failure;
            }
            return PaymentFixture.seen(GatewayFinding.State.DONE);
        }

        private void awaitAnswer() {
            try {
                answering.await();
            } catch (InterruptedException e) {
                cut.countDown();
                Thread.currentThread().interrupt();
                throw new IllegalStateException("cut", e);
            }
        }

        @Override
        public GatewayFinding find(OrderId orderId) {
            throw new UnsupportedOperationException();
        }

        @Override
        public OpeningOutcome open(Opening opening) {
            throw new UnsupportedOperationException();
        }

        @Override
        public ClosingOutcome close(Closing closing) {
            throw new UnsupportedOperationException();
        }

        @Override
        public GatewayOutcome confirm(Attempt attempt) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CancelOutcome cancel(Cancellation cancellation) {
            throw new UnsupportedOperationException();
        }
    }
}
