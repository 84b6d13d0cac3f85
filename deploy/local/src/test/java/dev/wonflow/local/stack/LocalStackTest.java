package dev.wonflow.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.wonflow.local.Trouble;
import dev.wonflow.local.process.LiveProcess;
import dev.wonflow.local.process.ProcessRecords;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LocalStackTest {

    @TempDir
    private Path folder;

    private final List<String> progress = new CopyOnWriteArrayList<>();
    private final List<Part> everyPart = new CopyOnWriteArrayList<>();
    private StateFolder state;

    @BeforeEach
    void findTheRealFolder() throws IOException {
        state = new StateFolder(folder.toRealPath());
    }

    @AfterEach
    void leaveNothingRunning() throws InterruptedException {
        new LocalStack(state, everyPart).down((_, _, _) -> {});
    }

    @Test
    void started_parts_outlive_their_starter_and_are_found_again() throws InterruptedException {
        stack(running("one"), running("two")).up(this::note);

        assertThat(stack(running("one"), running("two")).status())
                .allSatisfy(part -> assertThat(part.healthy()).isTrue());
    }

    @Test
    void second_up_starts_nothing() throws InterruptedException {
        LocalStack stack = stack(running("one"));
        stack.up(this::note);
        LiveProcess first = stack.process("one");

        assertThat(stack.up(this::note)).isEmpty();
        assertThat(stack.process("one")).isEqualTo(first);
    }

    @Test
    void up_after_a_kill_starts_only_what_is_missing() throws InterruptedException {
        LocalStack stack = stack(running("one"), running("two"));
        stack.up(this::note);
        LiveProcess survivor = stack.process("one");
        kill(stack.process("two"));

        assertThat(stack.status().get(1).process()).isEmpty();
        assertThat(stack.status().get(1).expected()).isTrue();
        assertThat(stack.up(this::note)).containsExactly("two");
        assertThat(stack.process("one")).isEqualTo(survivor);
    }

    @Test
    void preparing_starts_nothing_and_leaves_alone_what_runs() throws InterruptedException, IOException {
        ShellPart runs = running("runs");
        ShellPart missing = running("missing");
        LocalStack stack = stack(runs, missing);
        stack(runs).up(this::note);
        Files.delete(runs.prepared());

        stack.prepare();

        assertThat(missing.prepared()).exists();
        assertThat(runs.prepared()).doesNotExist();
        assertThat(stack.status().get(1).process()).isEmpty();
    }

    @Test
    void part_that_needs_another_starts_after_it() throws InterruptedException {
        stack(running("late").needing("early"), running("early")).up(this::note);

        assertThat(progress).containsSubsequence("early HEALTHY", "late STARTING", "late HEALTHY");
    }

    @Test
    void part_that_ends_while_starting_is_reported_with_its_last_words() {
        LocalStack stack = stack(
                ShellPart.of("poor", state.root(), "echo all is well; echo 'no such table' >&2; exit 3"),
                running("other"));

        assertThatThrownBy(() -> stack.up(this::note))
                .isInstanceOf(Trouble.class)
                .hasMessageContaining("poor ended while starting (exit code 3)")
                .hasMessageContaining("no such table")
                .hasMessageContaining(state.log("poor").toString());
    }

    @Test
    void part_whose_need_failed_is_not_started() {
        LocalStack stack = stack(
                ShellPart.of("poor", state.root(), "exit 3"), running("waiting").needing("poor"));

        assertThatThrownBy(() -> stack.up(this::note)).hasMessageContaining("poor ended while starting");
        assertThat(stack.status().get(1).process()).isEmpty();
    }

    @Test
    void up_does_not_wait_long_for_a_part_that_was_well_once_and_is_not_now() throws Exception {
        LocalStack stack =
                stack(ShellPart.of("moody", state.root(), "echo '12:00 ERROR the slot is lost' >&2; " + ShellPart.RUN));
        stack.up(this::note);
        Files.delete(state.root().resolve("moody.healthy"));
        long begin = System.nanoTime();

        assertThatThrownBy(() -> stack.up(this::note))
                .isInstanceOf(Trouble.class)
                .hasMessageContaining("moody runs, but is not healthy")
                .hasMessageContaining("its file is missing")
                .hasMessageContaining("ERROR the slot is lost")
                .hasMessageContaining("./wonflow logs moody")
                .hasMessageContaining("./wonflow restart moody");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    void part_that_was_well_once_is_told_from_one_that_starts() throws Exception {
        LocalStack stack = stack(running("one"));
        stack.up(this::note);
        Files.delete(state.root().resolve("one.healthy"));

        assertThat(stack.status().getFirst().provenHealthy()).isTrue();
        assertThat(stack.status().getFirst().starting()).isFalse();
    }

    @Test
    void end_of_what_a_part_needs_ends_the_wait_for_it() throws Exception {
        Path gate = state.root().resolve("gate");
        LocalStack stack = stack(
                ShellPart.of(
                        "broker",
                        state.root(),
                        "touch \"$HEALTHY\"; while [ ! -e '" + gate
                                + "' ]; do sleep 0.05; done; echo 'no space left'; exit 4"),
                ShellPart.of("client", state.root(), "trap 'exit 0' TERM; while :; do sleep 0.05; done")
                        .needing("broker"));

        assertThatThrownBy(() -> stack.up((part, partState, _) -> {
                    if (part.equals("client") && partState == PartState.STARTING) {
                        make(gate);
                    }
                }))
                .isInstanceOf(Trouble.class)
                .hasMessageContaining("broker ended")
                .hasMessageContaining("no space left");
    }

    @Test
    void restart_stops_a_part_and_what_needs_it_and_nothing_else() throws InterruptedException {
        LocalStack stack = stack(
                running("base"),
                running("top").needing("base").stoppedAtStage(1),
                running("other").stoppedAtStage(1));
        stack.up(this::note);
        progress.clear();

        stack.stopWithDependents("base", this::note);

        assertThat(progress).containsExactly("top STOPPING", "top STOPPED", "base STOPPING", "base STOPPED");
        assertThat(stack.up(this::note)).containsExactly("base", "top");
    }

    @Test
    void port_in_use_is_named_before_anything_starts() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            LocalStack stack = stack(running("one").onPort(taken.getLocalPort()));

            assertThatThrownBy(() -> stack.up(this::note))
                    .isInstanceOf(Trouble.class)
                    .hasMessageContaining("Port " + taken.getLocalPort() + ", which one needs, is in use by")
                    .hasMessageContaining("WONFLOW_PORT_OFFSET");
            assertThat(stack.status().getFirst().process()).isEmpty();
        }
    }

    @Test
    void running_part_on_another_port_than_asked_for_is_an_error() throws InterruptedException {
        stack(running("one").onPort(4)).up(this::note);

        assertThatThrownBy(() -> stack(running("one").onPort(5)).up(this::note))
                .isInstanceOf(Trouble.class)
                .hasMessageContaining("one runs on port 4, and is now asked to use port 5");
    }

    @Test
    void down_stops_the_highest_stage_first() throws InterruptedException {
        LocalStack stack = stack(
                running("base"),
                running("middle").stoppedAtStage(1),
                running("top").stoppedAtStage(2));
        stack.up(this::note);
        progress.clear();

        assertThat(stack.down(this::note)).isTrue();

        assertThat(progress)
                .containsExactly(
                        "top STOPPING", "top STOPPED",
                        "middle STOPPING", "middle STOPPED",
                        "base STOPPING", "base STOPPED");
        assertThat(stack.down(this::note)).isFalse();
    }

    @Test
    void part_that_ignores_the_signal_is_killed() throws InterruptedException {
        LocalStack stack = stack(
                ShellPart.of("deaf", state.root(), "trap '' TERM; touch \"$HEALTHY\"; while :; do sleep 0.05; done")
                        .stoppedWithin(Duration.ofMillis(300)));
        stack.up(this::note);
        LiveProcess process = stack.process("deaf");

        stack.down(this::note);

        assertThat(process.isAlive()).isFalse();
        assertThat(progress).contains("deaf KILLED");
    }

    @Test
    void process_without_a_record_is_found_by_its_mark() throws InterruptedException, IOException {
        LocalStack stack = stack(running("one"));
        stack.up(this::note);
        LiveProcess process = stack.process("one");
        Files.delete(state.run().resolve("one.properties"));

        assertThat(stack.up(this::note)).isEmpty();
        Files.delete(state.run().resolve("one.properties"));
        assertThat(stack.down(this::note)).isTrue();
        assertThat(process.isAlive()).isFalse();
    }

    @Test
    void foreign_process_with_a_recorded_pid_is_left_alone() throws InterruptedException, IOException {
        Process foreign = new ProcessBuilder("sleep", "60").start();
        try {
            new ProcessRecords(state.run()).keep("one", LiveProcess.of(foreign.toHandle()), 1);
            LocalStack stack = stack(running("one"));

            assertThat(stack.status().getFirst().process()).isEmpty();
            assertThat(stack.down(this::note)).isFalse();
            assertThat(foreign.isAlive()).isTrue();
        } finally {
            foreign.destroyForcibly();
        }
    }

    @Test
    void second_command_at_the_same_time_is_refused() throws Exception {
        Path gate = state.root().resolve("gate");
        LocalStack slow = stack(ShellPart.of(
                "slow",
                state.root(),
                "trap 'exit 0' TERM; while [ ! -e '" + gate + "' ]; do sleep 0.05; done; touch \"$HEALTHY\";"
                        + " while :; do sleep 0.05; done"));
        CountDownLatch starting = new CountDownLatch(1);
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<List<String>> first = executor.submit(() -> slow.up((_, partState, _) -> {
                if (partState == PartState.STARTING) {
                    starting.countDown();
                }
            }));
            assertThat(starting.await(30, TimeUnit.SECONDS)).isTrue();

            assertThatThrownBy(() -> slow.down(this::note))
                    .isInstanceOf(Trouble.class)
                    .hasMessageContaining("Another ./wonflow command");

            Files.createFile(gate);
            assertThat(first.get(30, TimeUnit.SECONDS)).containsExactly("slow");
        }
    }

    private void note(String part, PartState partState, String detail) {
        String line = part + " " + partState;
        if (progress.isEmpty() || !progress.getLast().equals(line)) {
            progress.add(line);
        }
    }

    private static void make(Path file) {
        try {
            Files.writeString(file, "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ShellPart running(String name) {
        return ShellPart.of(name, state.root(), ShellPart.RUN);
    }

    private LocalStack stack(Part... parts) {
        everyPart.addAll(Arrays.asList(parts));
        return new LocalStack(state, List.of(parts));
    }

    private static void kill(LiveProcess process) {
        process.signal("KILL");
        await().atMost(Duration.ofSeconds(30)).until(() -> !process.isAlive());
    }
}
