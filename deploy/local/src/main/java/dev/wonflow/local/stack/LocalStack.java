package dev.wonflow.local.stack;

import dev.wonflow.local.Trouble;
import dev.wonflow.local.process.Daemon;
import dev.wonflow.local.process.LiveProcess;
import dev.wonflow.local.process.PortUse;
import dev.wonflow.local.process.ProcessRecords;
import dev.wonflow.local.process.ProcessRecords.Found;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Starts, watches and stops the processes of a local stack. Whatever happened before, a killed command included, is
 * found out from the processes themselves.
 */
public final class LocalStack {

    /** A first start on a loaded machine has to compile a lot; one that takes longer than this will not come. */
    private static final Duration HEALTHY_LIMIT = Duration.ofMinutes(3);

    /** A part that was healthy once gets well at once or not by itself. */
    private static final Duration UNWELL_LIMIT = Duration.ofSeconds(15);

    /** Clients of a database or a broker that was away come back with a back-off of their own. */
    private static final Duration NEEDS_CAME_BACK_LIMIT = Duration.ofSeconds(75);

    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration KILL_LIMIT = Duration.ofSeconds(10);
    private static final int LOG_LINES_SHOWN = 20;

    private final StateFolder state;
    private final List<Part> parts;
    private final ProcessRecords records;

    /**
     * Creates it; nothing is started yet.
     *
     * @param parts in the order they are shown
     */
    public LocalStack(StateFolder state, List<Part> parts) {
        this.state = state;
        this.parts = List.copyOf(parts);
        this.records = new ProcessRecords(state.run());
    }

    /** The parts, in the order they are shown. */
    public List<Part> parts() {
        return parts;
    }

    /**
     * Starts what does not run and waits until everything is healthy.
     *
     * @return names of the parts that were started
     * @throws Trouble if a part cannot start; what runs is left running, so that its state can be looked at
     */
    public List<String> up(Progress progress) throws InterruptedException {
        try (StackLock _ = StackLock.take(state)) {
            Map<String, Found> running = running();
            requireSamePorts(running);
            List<Part> missing = parts.stream()
                    .filter(part -> !running.containsKey(part.name()))
                    .toList();
            requireFreePorts(missing);
            startAll(running, progress);
            return missing.stream().map(Part::name).toList();
        }
    }

    /**
     * Does what the first start of each part that does not run would have to do before it, and starts nothing.
     *
     * @throws Trouble if a part could not start either
     */
    public void prepare() throws InterruptedException {
        try (StackLock _ = StackLock.take(state)) {
            Map<String, Found> running = running();
            List<Callable<Part.Launch>> preparations = new ArrayList<>();
            for (Part part : parts) {
                if (!running.containsKey(part.name())) {
                    preparations.add(part::launch);
                }
            }
            try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
                for (Future<Part.Launch> prepared : executor.invokeAll(preparations)) {
                    rethrow(prepared);
                }
            }
        }
    }

    private void startAll(Map<String, Found> running, Progress progress) throws InterruptedException {
        Map<String, CompletableFuture<LiveProcess>> healthy = new ConcurrentHashMap<>();
        parts.forEach(part -> {
            healthy.put(part.name(), new CompletableFuture<>());
            progress.on(part.name(), PartState.WAITING, "");
        });
        ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
        try {
            CompletionService<String> starts = new ExecutorCompletionService<>(executor);
            for (Part part : parts) {
                starts.submit(() -> {
                    start(part, Optional.ofNullable(running.get(part.name())), healthy, progress);
                    return part.name();
                });
            }
            for (int i = 0; i < parts.size(); i++) {
                rethrow(starts.take());
            }
        } finally {
            executor.shutdownNow();
        }
    }

    /** The first failure ends the wait, unless it only tells of another one, which is then about to be taken. */
    private static void rethrow(Future<?> start) throws InterruptedException {
        try {
            start.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case NeedNotMet _ -> {}
                case Trouble trouble -> throw trouble;
                case null, default -> throw new IllegalStateException("start of the stack failed", e.getCause());
            }
        }
    }

    private void start(
            Part part, Optional<Found> running, Map<String, CompletableFuture<LiveProcess>> healthy, Progress progress)
            throws IOException, InterruptedException, SQLException {
        CompletableFuture<LiveProcess> done = futureOf(healthy, part.name());
        try {
            Optional<Part.Launch> launch = running.isPresent() ? Optional.empty() : Optional.of(part.launch());
            Map<String, LiveProcess> needed = new LinkedHashMap<>();
            for (String need : part.needs()) {
                needed.put(need, futureOf(healthy, need).get(2 * HEALTHY_LIMIT.toMillis(), TimeUnit.MILLISECONDS));
            }
            progress.on(part.name(), PartState.STARTING, "");
            Run run =
                    launch.isPresent() ? spawn(part, launch.get(), needed) : Run.goesOn(running.orElseThrow(), needed);
            awaitHealthy(part, run, progress);
            part.afterStart();
            records.proveHealthy(part.name());
            progress.on(part.name(), PartState.HEALTHY, part.address());
            done.complete(run.process());
        } catch (ExecutionException | TimeoutException e) {
            progress.on(part.name(), PartState.WAITING, "not started");
            done.completeExceptionally(e);
            throw new NeedNotMet(part.name(), e);
        } catch (IOException | SQLException | RuntimeException e) {
            progress.on(part.name(), PartState.FAILED, "");
            done.completeExceptionally(e);
            throw e;
        }
    }

    /**
     * A part that is waited for.
     *
     * @param child empty if it ran before
     * @param limit how long it may take from now on
     * @param needed the processes it cannot work without
     */
    private record Run(
            LiveProcess process, Optional<Daemon.Started> child, Duration limit, Map<String, LiveProcess> needed) {

        /**
         * A part that runs, and may be well or not. Nothing tells that it will get well by waiting, unless it is still
         * starting or what it needs has just come back.
         */
        static Run goesOn(Found running, Map<String, LiveProcess> needed) {
            Duration sinceStart = running.process().headStart();
            boolean starting = !running.provenHealthy() && sinceStart.compareTo(HEALTHY_LIMIT) < 0;
            boolean needsCameBack = needed.values().stream()
                    .anyMatch(need -> need.startedAt().isAfter(running.process().startedAt())
                            && need.headStart().compareTo(HEALTHY_LIMIT) < 0);
            Duration limit =
                    starting ? HEALTHY_LIMIT.minus(sinceStart) : needsCameBack ? NEEDS_CAME_BACK_LIMIT : UNWELL_LIMIT;
            return new Run(
                    running.process(),
                    Optional.empty(),
                    limit.compareTo(UNWELL_LIMIT) < 0 ? UNWELL_LIMIT : limit,
                    needed);
        }
    }

    /** A part was not started because another one failed, which says so itself. */
    private static final class NeedNotMet extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NeedNotMet(String part, Throwable cause) {
            super(part + ": what it needs did not become healthy", cause);
        }
    }

    private static CompletableFuture<LiveProcess> futureOf(
            Map<String, CompletableFuture<LiveProcess>> healthy, String part) {
        CompletableFuture<LiveProcess> future = healthy.get(part);
        if (future == null) {
            throw new IllegalStateException("part: " + part + " (expected: one of " + healthy.keySet() + ")");
        }
        return future;
    }

    private Run spawn(Part part, Part.Launch launch, Map<String, LiveProcess> needed) throws IOException {
        PartLog log = logOf(part.name());
        log.rotate();
        Daemon.Started started = Daemon.start(launch.command(), launch.environment(), launch.folder(), log.file());
        LiveProcess process = LiveProcess.of(started.process().toHandle());
        records.keep(part.name(), process, part.ports().getFirst());
        return new Run(process, Optional.of(started), HEALTHY_LIMIT, needed);
    }

    private void awaitHealthy(Part part, Run run, Progress progress) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + run.limit().toNanos();
        String last = "";
        while (true) {
            requireAlive(part, run);
            Optional<String> unready = part.unready();
            if (unready.isEmpty()) {
                return;
            }
            if (!unready.get().equals(last)) {
                last = unready.get();
                progress.on(part.name(), PartState.STARTING, last);
            }
            if (System.nanoTime() > deadline) {
                throw new Trouble(part.name() + " runs, but is not healthy, and waiting for it any longer than "
                        + run.limit().toSeconds() + " s is in vain: " + last + "\n" + lastError(part)
                        + "\nThe rest was left running. What it says: ./wonflow logs " + part.name()
                        + ". To start it anew: ./wonflow restart " + part.name());
            }
            TimeUnit.NANOSECONDS.sleep(POLL.toNanos());
        }
    }

    /** What has ended will not become healthy, nor will what needs it. */
    private void requireAlive(Part part, Run run) throws IOException, InterruptedException {
        if (!run.process().isAlive()) {
            throw new Trouble(ended(part.name(), "while starting", run.child()));
        }
        for (Map.Entry<String, LiveProcess> need : run.needed().entrySet()) {
            if (!need.getValue().isAlive()) {
                throw new Trouble(ended(need.getKey(), "while " + part.name() + " was starting", Optional.empty()));
            }
        }
    }

    private String ended(String part, String when, Optional<Daemon.Started> child)
            throws IOException, InterruptedException {
        String exit = "";
        if (child.isPresent()) {
            Process process = child.get().process();
            exit = process.waitFor(1, TimeUnit.SECONDS) ? " (exit code " + process.exitValue() + ")" : "";
            child.get().log().awaitEnd();
        }
        records.forget(part);
        return part + " ended " + when + exit + ".\n" + lastLines(part)
                + "\nThe rest was left running. When the cause is gone, ./wonflow up starts what is missing;"
                + " ./wonflow down stops everything.";
    }

    private PartLog logOf(String part) {
        return new PartLog(state.log(part));
    }

    private String lastError(Part part) throws IOException {
        return logOf(part.name())
                .lastError()
                .map(error -> "The last error in " + state.log(part.name()) + ":\n  " + error)
                .orElse(lastLines(part.name()));
    }

    private String lastLines(String part) throws IOException {
        PartLog log = logOf(part);
        List<String> lines = log.lastLines(LOG_LINES_SHOWN);
        return "Last lines of " + log.file() + ":\n"
                + (lines.isEmpty() ? "  (it is empty)" : "  " + String.join("\n  ", lines));
    }

    private void requireSamePorts(Map<String, Found> running) {
        for (Part part : parts) {
            Found found = running.get(part.name());
            if (found != null && found.port() != part.ports().getFirst()) {
                throw new Trouble(part.name() + " runs on port " + found.port() + ", and is now asked to use port "
                        + part.ports().getFirst()
                        + ".\nStop the stack first (./wonflow down), or go back to the ports it was started with.");
            }
        }
    }

    private static void requireFreePorts(List<Part> missing) {
        List<String> taken = new ArrayList<>();
        for (Part part : missing) {
            for (int port : part.ports()) {
                if (!PortUse.isFree(port)) {
                    taken.add("Port " + port + ", which " + part.name() + " needs, is in use by "
                            + PortUse.owner(port).orElse("a process that this user may not see") + ".");
                }
            }
        }
        if (!taken.isEmpty()) {
            throw new Trouble(String.join("\n", taken)
                    + "\nStop that process, or move the whole stack to other ports, by 1000 for instance: "
                    + "WONFLOW_PORT_OFFSET=1000 ./wonflow up");
        }
    }

    /**
     * Stops everything, also what an earlier command left behind, and returns when no process is left.
     *
     * @return whether anything was running
     */
    public boolean down(Progress progress) throws InterruptedException {
        try (StackLock _ = StackLock.take(state)) {
            return stopStageByStage(parts, progress);
        }
    }

    private boolean stopStageByStage(List<Part> stopping, Progress progress) throws InterruptedException {
        boolean any = false;
        int highest = stopping.stream().mapToInt(Part::stopStage).max().orElse(0);
        for (int stage = highest; stage >= 0; stage--) {
            any |= stopStage(stage, stopping, progress);
        }
        return any;
    }

    /**
     * Stops one part and, before it, every part that needs it.
     *
     * @param name one of {@link #parts()}
     */
    public void stopWithDependents(String name, Progress progress) throws InterruptedException {
        try (StackLock _ = StackLock.take(state)) {
            Set<String> affected = new LinkedHashSet<>(Set.of(name));
            boolean grew = true;
            while (grew) {
                grew = false;
                for (Part part : parts) {
                    boolean needs = part.needs().stream().anyMatch(affected::contains);
                    grew |= needs && affected.add(part.name());
                }
            }
            List<Part> stopping = parts.stream()
                    .filter(part -> affected.contains(part.name()))
                    .toList();
            stopStageByStage(stopping, progress);
        }
    }

    private boolean stopStage(int stage, List<Part> stopping, Progress progress) throws InterruptedException {
        List<Callable<Boolean>> stops = new ArrayList<>();
        for (Part part : stopping) {
            if (part.stopStage() == stage) {
                stops.add(() -> stop(part, progress));
            }
        }
        boolean any = false;
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var stopped : executor.invokeAll(stops)) {
                any |= stopped.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("stop of the stack failed", e.getCause());
        }
        return any;
    }

    private boolean stop(Part part, Progress progress) throws InterruptedException {
        List<LiveProcess> processes = processesOf(part);
        for (LiveProcess process : processes) {
            progress.on(part.name(), PartState.STOPPING, "");
            Duration limit = part.stopLimit();
            process.signal(part.stopSignal());
            if (process.awaitEnd(limit)) {
                progress.on(part.name(), PartState.STOPPED, "");
                continue;
            }
            process.signal("KILL");
            if (!process.awaitEnd(KILL_LIMIT)) {
                throw new Trouble(part.name() + " (pid " + process.pid() + ") does not end, even when killed.");
            }
            progress.on(part.name(), PartState.KILLED, "did not stop within " + limit.toSeconds() + " s");
        }
        records.forget(part.name());
        return !processes.isEmpty();
    }

    /** What is known about each part now. */
    public List<PartStatus> status() {
        Map<String, Found> running = running();
        List<PartStatus> statuses = new ArrayList<>();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Map<Part, CompletableFuture<Optional<String>>> answers = new LinkedHashMap<>();
            for (Part part : parts) {
                answers.put(
                        part,
                        running.containsKey(part.name())
                                ? CompletableFuture.supplyAsync(part::unready, executor)
                                : CompletableFuture.completedFuture(Optional.of("")));
            }
            answers.forEach((part, answer) -> statuses.add(new PartStatus(
                    part.name(),
                    Optional.ofNullable(running.get(part.name())).map(Found::process),
                    records.isKept(part.name()),
                    Optional.ofNullable(running.get(part.name()))
                            .filter(Found::provenHealthy)
                            .isPresent(),
                    answer.join(),
                    part.address(),
                    part.needs(),
                    logOf(part.name()))));
        }
        return statuses;
    }

    /**
     * The running process of a part.
     *
     * @throws IllegalStateException if it does not run
     */
    public LiveProcess process(String part) {
        Found found = running().get(part);
        if (found == null) {
            throw new IllegalStateException("part: " + part + " does not run");
        }
        return found.process();
    }

    private Map<String, Found> running() {
        Map<String, Found> running = new LinkedHashMap<>();
        for (Part part : parts) {
            Optional<Found> recorded = records.find(part.name(), part.mark());
            if (recorded.isPresent()) {
                running.put(part.name(), recorded.get());
                continue;
            }
            processesOf(part).stream().findFirst().ifPresent(process -> {
                int port = part.ports().getFirst();
                records.keep(part.name(), process, port);
                running.put(part.name(), new Found(process, port, false));
            });
        }
        return running;
    }

    /** Every process of a part: the one on record, and any that carries its mark without being on record. */
    private List<LiveProcess> processesOf(Part part) {
        Map<Long, LiveProcess> found = new LinkedHashMap<>();
        records.find(part.name(), part.mark())
                .ifPresent(on -> found.put(on.process().pid(), on.process()));
        try (var all = ProcessHandle.allProcesses()) {
            all.map(LiveProcess::of)
                    .filter(process -> process.pid() != ProcessHandle.current().pid())
                    .filter(process -> process.hasArgument(part.mark()))
                    .filter(LiveProcess::isAlive)
                    .forEach(process -> found.putIfAbsent(process.pid(), process));
        }
        return List.copyOf(found.values());
    }

    /**
     * What is known about a part.
     *
     * @param process empty if it does not run
     * @param expected whether it was started and not stopped since
     * @param provenHealthy whether it has been healthy since it was started
     * @param unready empty if it is healthy, else what it waits for
     * @param needs names of the parts it cannot work without
     */
    public record PartStatus(
            String name,
            Optional<LiveProcess> process,
            boolean expected,
            boolean provenHealthy,
            Optional<String> unready,
            String address,
            Set<String> needs,
            PartLog log) {

        /** Tells whether it runs and can do its work. */
        public boolean healthy() {
            return process.isPresent() && unready.isEmpty();
        }

        /** Tells whether it was started so lately that it may yet become healthy for the first time. */
        public boolean starting() {
            return !healthy()
                    && !provenHealthy
                    && process.filter(running -> running.headStart().compareTo(HEALTHY_LIMIT) < 0)
                            .isPresent();
        }

        /** How long it has been running. */
        public Duration age(Instant now) {
            return process.map(running -> Duration.between(running.startedAt(), now))
                    .orElse(Duration.ZERO);
        }
    }
}
