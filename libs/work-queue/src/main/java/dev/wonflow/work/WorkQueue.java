package dev.wonflow.work;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Has a handler work off one kind, claiming and ending items in batches: of many small items each costs a fraction of a
 * statement. Leases are extended while an item is worked on, however long that takes.
 */
public final class WorkQueue<R> implements WorkSource<Claim>, SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(WorkQueue.class);

    private final WorkKind kind;
    private final WorkHandler<R> handler;
    private final WorkTable table;
    private final TransactionOperations transaction;
    private final Settings settings;
    private final Clock clock;
    private final RandomGenerator random;
    private final MeterRegistry meters;
    private final WorkLoop<Claim> loop;
    /** Apart from the loop's: what is worked off well counts for nothing while its effect cannot be stored. */
    private final FailureStreak settling;
    /** Claims whose lease is ours to extend, and since when they are worked on or waiting to be. */
    private final Map<Claim, Long> held = new ConcurrentHashMap<>();

    private final BlockingQueue<Ending<R>> endings = new LinkedBlockingQueue<>();
    private @Nullable Thread settler;
    /** Apart from the settler, which an effect can hold up for longer than a lease. */
    private @Nullable ScheduledExecutorService tender;

    /**
     * How a kind is worked off.
     *
     * @param atOnce items worked on at the same time
     * @param batch most items claimed, and ended, with one statement
     * @param lease time after which another instance takes the items of one that died; extended every third of it
     * @param poll longest pause until something another instance planned is found
     * @param linger how long an ended item waits for others to be ended with
     * @param backOff pauses after failures
     * @param stopPatience time a stop gives what is under way
     */
    public record Settings(
            int atOnce,
            int batch,
            Duration lease,
            Duration poll,
            Duration linger,
            WorkBackOff backOff,
            Duration stopPatience) {

        public Settings {
            if (atOnce < 1 || batch < 1) {
                throw new IllegalArgumentException(
                        "atOnce: " + atOnce + ", batch: " + batch + " (expected: 1 or more)");
            }
            if (!lease.isPositive() || !poll.isPositive() || linger.isNegative()) {
                throw new IllegalArgumentException("lease: " + lease + ", poll: " + poll + ", linger: " + linger
                        + " (expected: more than 0, more than 0, 0 or more)");
            }
        }
    }

    private enum How {
        DONE,
        FAILED,
        CUT,
        /** Another worker has it. */
        LOST
    }

    private record Ending<R>(Claim claim, How how, WorkHandler.@Nullable Done<R> done) {}

    public WorkQueue(
            WorkKind kind,
            WorkHandler<R> handler,
            WorkTable table,
            TransactionOperations transaction,
            Settings settings,
            Clock clock,
            RandomGenerator random,
            MeterRegistry meters) {
        this.kind = kind;
        this.handler = handler;
        this.table = table;
        this.transaction = transaction;
        this.settings = settings;
        this.clock = clock;
        this.random = random;
        this.meters = meters;
        // What fails is tried again within the longest pause; without a second failure by then it is over.
        Duration failureMemory = settings.backOff().longest().multipliedBy(2);
        this.settling = new FailureStreak(failureMemory);
        Alarm alarm = new SystemAlarm();
        table.wake(kind, alarm);
        this.loop = new WorkLoop<>(
                kind.name(),
                this,
                new WorkLoop.Settings(
                        settings.atOnce(), settings.batch(), settings.poll(), failureMemory, settings.stopPatience()),
                clock,
                alarm);
    }

    /**
     * What has been wrong for longer than {@code limit}: nobody looks, all that is tried fails, or what is done cannot
     * be settled.
     */
    public Optional<String> troubleLongerThan(Duration limit) {
        return loop.troubleLongerThan(limit)
                .or(() -> settling.longerThan(limit, clock.instant())
                        .map(failing -> "nothing that is done can be settled since " + failing));
    }

    @Override
    public synchronized void start() {
        settler = Thread.ofPlatform().daemon().name(kind.name() + "-settler").start(this::settleAll);
        ScheduledExecutorService tending = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name(kind.name() + "-leases").factory());
        long interval = settings.lease().dividedBy(3).toNanos();
        var _ = tending.scheduleWithFixedDelay(this::tendLeases, interval, interval, TimeUnit.NANOSECONDS);
        tender = tending;
        loop.start();
    }

    @Override
    public synchronized void stop() {
        loop.stop();
        Thread settling = settler;
        ScheduledExecutorService tending = tender;
        settler = null;
        tender = null;
        if (settling == null || tending == null) {
            return;
        }
        settling.interrupt();
        try {
            settling.join(settings.stopPatience());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            // Last: until then there may be something to extend.
            tending.shutdown();
        }
    }

    @Override
    public boolean isRunning() {
        return loop.isRunning();
    }

    @Override
    public WorkLook<Claim> look(int room) {
        Instant now = clock.instant();
        List<Claim> claims = table.claim(kind, now, now.plus(settings.lease()), Math.min(room, settings.batch()));
        if (claims.isEmpty()) {
            giveBackWhatIsPaused();
            return new WorkLook.Nothing<>(untilNext(now));
        }
        claims.forEach(claim -> held.put(claim, System.nanoTime()));
        return new WorkLook.Found<>(claims);
    }

    /** Of a paused kind nothing begins, what was claimed before included. */
    private void giveBackWhatIsPaused() {
        if (loop.isAhead() && table.paused().containsKey(kind.name())) {
            loop.giveBackAhead();
        }
    }

    private Duration untilNext(Instant now) {
        return table.nextDue(Set.of(kind), now)
                .map(next -> Duration.between(now, next))
                .filter(next -> next.compareTo(settings.poll()) < 0)
                .orElse(settings.poll());
    }

    @Override
    public void take(Claim claim) {
        AtomicReference<Ending<R>> ending = new AtomicReference<>(new Ending<>(claim, How.FAILED, null));
        try {
            table.resume(claim, () -> ending.set(work(claim)));
        } finally {
            // Of every claim, whatever was thrown: one without an ending would be extended for ever.
            endings.add(ending.get());
        }
    }

    private Ending<R> work(Claim claim) {
        try {
            return new Ending<>(claim, How.DONE, new WorkHandler.Done<>(claim, handler.work(claim)));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new Ending<>(claim, How.CUT, null);
        } catch (RuntimeException e) {
            if (Thread.currentThread().isInterrupted()) {
                return new Ending<>(claim, How.CUT, null);
            }
            throw e;
        }
    }

    @Override
    public void giveBack(List<Claim> claims) {
        claims.forEach(held::remove);
        table.letGo(claims);
    }

    private void settleAll() {
        try {
            while (true) {
                settle(withMore(endings.take()));
            }
        } catch (InterruptedException _) {
            List<Ending<R>> last = new ArrayList<>();
            endings.drainTo(last);
            settle(last);
        }
    }

    private List<Ending<R>> withMore(Ending<R> first) {
        List<Ending<R>> batch = new ArrayList<>(List.of(first));
        long until = System.nanoTime() + settings.linger().toNanos();
        try {
            for (long left = settings.linger().toNanos();
                    left > 0 && batch.size() < settings.batch();
                    left = until - System.nanoTime()) {
                Ending<R> next = endings.poll(left, TimeUnit.NANOSECONDS);
                if (next != null) {
                    batch.add(next);
                }
            }
        } catch (InterruptedException _) {
            // The service stops; what is here is settled before.
            Thread.currentThread().interrupt();
        }
        return batch;
    }

    /**
     * Several together, or each alone if that fails. Nothing is thrown, for the settler has nobody to take its place,
     * and no lease of theirs is extended any more.
     */
    private void settle(List<Ending<R>> batch) {
        // The driver gives up on an interrupted thread, and this is the last chance to say what was done.
        boolean interrupted = Thread.interrupted();
        try {
            settleTogether(batch);
        } catch (RuntimeException | Error e) {
            if (batch.size() > 1) {
                batch.forEach(ending -> settle(List.of(ending)));
            } else {
                settleFailed(batch.getFirst(), e);
            }
        } finally {
            batch.forEach(ending -> held.remove(ending.claim()));
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void settleTogether(List<Ending<R>> batch) {
        if (batch.isEmpty()) {
            return;
        }
        Map<Claim, How> outcomes = transaction.execute(_ -> {
            Map<Claim, How> found = new HashMap<>();
            // Ended first: it tells whose lease is still held, and holds those rows until the effect is committed too.
            Set<Claim> ended = table.done(claims(batch, How.DONE));
            List<WorkHandler.Done<R>> done = new ArrayList<>();
            for (Ending<R> ending : batch) {
                if (ending.done() != null && ended.contains(ending.claim())) {
                    done.add(ending.done());
                }
            }
            if (!done.isEmpty()) {
                handler.settle(done);
            }
            Instant now = clock.instant();
            Set<Claim> failed = table.failed(claims(batch, How.FAILED).stream()
                    .map(claim -> new WorkTable.Failure(
                            claim, now.plus(settings.backOff().after(claim.failures(), random))))
                    .toList());
            Set<Claim> cut = table.letGo(claims(batch, How.CUT));
            for (Ending<R> ending : batch) {
                Claim claim = ending.claim();
                boolean ours = ended.contains(claim) || failed.contains(claim) || cut.contains(claim);
                found.put(claim, ours ? ending.how() : How.LOST);
            }
            return found;
        });
        if (outcomes.containsValue(How.DONE)) {
            settling.ended();
        }
        outcomes.forEach(this::note);
    }

    /** The effect of this one cannot be stored. */
    private void settleFailed(Ending<R> ending, Throwable failure) {
        Claim claim = ending.claim();
        settling.failed(failure, clock.instant());
        log.error("{} was done and could not be settled; it is tried again", claim, failure);
        try {
            table.failed(List.of(new WorkTable.Failure(
                    claim, clock.instant().plus(settings.backOff().after(claim.failures(), random)))));
            note(claim, How.FAILED);
        } catch (RuntimeException | Error e) {
            log.warn("{} stays with its lease until that ends", claim, e);
        }
    }

    private List<Claim> claims(List<Ending<R>> batch, How how) {
        return batch.stream()
                .filter(ending -> ending.how() == how)
                .map(Ending::claim)
                .toList();
    }

    private void note(Claim claim, How how) {
        Long since = held.remove(claim);
        if (how == How.LOST) {
            log.warn("{} was done, but its lease was lost meanwhile; nothing was changed", claim);
        }
        if (since != null) {
            Timer.builder("wonflow.work.duration")
                    .description("From the claim of an item to its end")
                    .tag("kind", kind.name())
                    .tag("outcome", how.name().toLowerCase(Locale.ROOT))
                    .register(meters)
                    .record(System.nanoTime() - since, TimeUnit.NANOSECONDS);
        }
    }

    private void tendLeases() {
        try {
            table.extend(held.keySet(), clock.instant().plus(settings.lease()));
            giveBackWhatIsPaused();
        } catch (RuntimeException | Error e) {
            log.warn("{}: leases could not be extended, or given back for a pause; tried again", kind.name(), e);
        }
    }
}
