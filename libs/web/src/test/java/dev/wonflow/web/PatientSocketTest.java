package dev.wonflow.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PatientSocketTest {

    private static final int LIMIT_MILLIS = 10_000;

    private final ReadWatch watch = new ReadWatch();
    private final PatientSocket socket = new PatientSocket(watch);
    private final CompletableFuture<Integer> answer = new CompletableFuture<>();
    private ServerSocket server;
    private Socket peer;

    @BeforeEach
    void connect() throws IOException {
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getLocalPort()));
        peer = server.accept();
        socket.setSoTimeout(LIMIT_MILLIS);
    }

    @AfterEach
    void close() throws IOException {
        socket.close();
        peer.close();
        server.close();
    }

    @Test
    void read_that_waits_for_longer_than_its_limit_is_over() {
        beginToRead();

        lookIn(Duration.ofMillis(LIMIT_MILLIS + 1_000));

        assertThatThrownBy(answer::get)
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(SocketTimeoutException.class)
                .hasMessage("nothing came within 10000 ms");
        assertThat(socket.isClosed()).isTrue();
    }

    @Test
    void read_within_its_limit_goes_on() throws Exception {
        beginToRead();

        lookIn(Duration.ofMillis(LIMIT_MILLIS - 5_000));
        peer.getOutputStream().write(200);

        assertThat(answer.get()).isEqualTo(200);
    }

    /** A virtual machine that stood still meanwhile sees that it is late before it sees what came in time. */
    @Test
    void read_for_which_something_has_come_goes_on_however_late_it_is() throws Exception {
        beginToRead();
        AtomicBoolean standsStill = new AtomicBoolean(true);
        CountDownLatch still = new CountDownLatch(Runtime.getRuntime().availableProcessors());
        for (long carriers = still.getCount(); carriers > 0; carriers--) {
            Thread.startVirtualThread(() -> {
                still.countDown();
                while (standsStill.get()) {
                    Thread.onSpinWait();
                }
            });
        }
        still.await();

        try {
            peer.getOutputStream().write(200);
            await().until(() -> socket.getInputStream().available() == 1);
            lookIn(Duration.ofHours(1));
        } finally {
            standsStill.set(false);
        }

        assertThat(answer.get()).isEqualTo(200);
        assertThat(socket.isClosed()).isFalse();
    }

    @Test
    void socket_that_nobody_reads_from_is_left_alone() throws Exception {
        beginToRead();
        peer.getOutputStream().write(7);
        answer.get();

        lookIn(Duration.ofHours(1));

        assertThat(socket.isClosed()).isFalse();
    }

    /** Else an alarm would be set for each answer, and called off. */
    @Test
    void who_reads_waits_without_an_alarm() {
        Thread reader = beginToRead();

        assertThat(reader.getState()).isEqualTo(Thread.State.WAITING);
    }

    @Test
    void short_limit_is_kept_by_the_socket_which_stays_open() throws IOException {
        socket.setSoTimeout(20);

        assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
        assertThat(socket.isClosed()).isFalse();
    }

    @Test
    void limit_is_told_as_it_was_set() throws IOException {
        assertThat(socket.getSoTimeout()).isEqualTo(LIMIT_MILLIS);

        socket.setSoTimeout(500);

        assertThat(socket.getSoTimeout()).isEqualTo(500);
    }

    @Test
    void end_of_what_the_other_side_sends_is_no_failure() throws Exception {
        peer.close();

        assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }

    /** Returns when the read waits. */
    private Thread beginToRead() {
        Thread reader = Thread.ofVirtual().start(() -> {
            try {
                answer.complete(socket.getInputStream().read());
            } catch (IOException e) {
                answer.completeExceptionally(e);
            }
        });
        await().until(() ->
                reader.getState() == Thread.State.WAITING || reader.getState() == Thread.State.TIMED_WAITING);
        return reader;
    }

    private void lookIn(Duration later) {
        watch.look(System.nanoTime() + later.toNanos());
    }
}
