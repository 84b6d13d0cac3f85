package dev.wonflow.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.wonflow.testsupport.server.TcpGate;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RestingChannelTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration UNTIL_QUIET = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(4);
    private static final int LOOK = 1;

    private final Rest rest = new Rest("channel-test", UNTIL_QUIET, LONGEST, Rest.GATHER);
    private ServerSocket door;
    private Socket client;
    private Socket server;

    @BeforeEach
    void connect() throws IOException {
        rest.announce();
        door = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        client = new RestingSockets("channel-test").createSocket();
        client.connect(door.getLocalSocketAddress(), 5_000);
        server = door.accept();
        rest.begin();
    }

    @AfterEach
    void hangUp() throws IOException {
        rest.forget();
        client.close();
        server.close();
        door.close();
    }

    @Test
    void a_look_lasts_until_something_comes() throws Exception {
        client.setSoTimeout(LOOK);
        FutureTask<Integer> look = reading(() -> client.getInputStream().read());
        server.getOutputStream().write(42);

        assertThat(valueOf(look)).isEqualTo(42);
    }

    @Test
    void a_look_at_nothing_lasts_long_and_after_news_only_until_the_engine_wants_to_say_where_it_stands()
            throws Exception {
        client.setSoTimeout(LOOK);
        assertThat(lookAtNothing()).isBetween(UNTIL_QUIET, LONGEST.minusMillis(1));
        assertThat(lookAtNothing()).isGreaterThanOrEqualTo(LONGEST);

        server.getOutputStream().write(1);
        assertThat(client.getInputStream().read()).isOne();

        assertThat(lookAtNothing()).isBetween(UNTIL_QUIET, LONGEST.minusMillis(1));
    }

    @Test
    void looks_end_at_once_while_something_is_to_be_written_and_rest_again_after_it() throws Exception {
        client.setSoTimeout(LOOK);
        FutureTask<Duration> look = reading(this::lookAtNothing);
        rest.expectWrite();
        assertThat(valueOf(look)).isLessThan(UNTIL_QUIET);
        assertThat(lookAtNothing()).isLessThan(UNTIL_QUIET);

        client.getOutputStream().write(7);

        assertThat(server.getInputStream().read()).isEqualTo(7);
        assertThat(lookAtNothing()).isGreaterThanOrEqualTo(UNTIL_QUIET);
    }

    @Test
    void a_look_ends_when_the_run_does_and_later_ones_are_short() throws Exception {
        client.setSoTimeout(LOOK);
        FutureTask<Duration> look = reading(this::lookAtNothing);
        rest.end();

        assertThat(valueOf(look)).isLessThan(UNTIL_QUIET);
        assertThat(lookAtNothing()).isLessThan(UNTIL_QUIET);
    }

    @Test
    void any_other_time_limit_is_kept_and_no_wake_up_shortens_it() throws Exception {
        Duration limit = Duration.ofMillis(700);
        client.setSoTimeout(Math.toIntExact(limit.toMillis()));
        FutureTask<Duration> reading = reading(this::lookAtNothing);
        rest.end();
        rest.alarm();
        rest.expectWrite();

        assertThat(valueOf(reading)).isGreaterThanOrEqualTo(limit);
    }

    @Test
    void without_a_time_limit_a_read_lasts_until_something_comes() throws Exception {
        assertThat(client.getSoTimeout()).isZero();
        FutureTask<Integer> reading = reading(() -> client.getInputStream().read());
        rest.end();
        assertThatThrownBy(() -> reading.get(300, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);

        server.getOutputStream().write(9);

        assertThat(valueOf(reading)).isEqualTo(9);
    }

    @Test
    void the_end_of_the_connection_ends_a_look_and_alarms_the_other_thread() throws Exception {
        client.setSoTimeout(LOOK);
        FutureTask<Integer> look = reading(() -> client.getInputStream().read());
        assertThat(rest.isRestless()).isFalse();
        server.close();

        assertThat(valueOf(look)).isEqualTo(-1);
        assertThat(rest.isRestless()).isTrue();
    }

    @Test
    void closing_ends_a_read_of_another_thread() throws Exception {
        FutureTask<Integer> reading = reading(() -> client.getInputStream().read());
        client.close();

        assertThatThrownBy(() -> valueOf(reading)).hasCauseInstanceOf(SocketException.class);
        assertThat(server.getInputStream().read()).as("the server sees it too").isEqualTo(-1);
    }

    @Test
    void an_interrupt_ends_a_look_and_leaves_the_connection_open_and_the_thread_interrupted() throws Exception {
        client.setSoTimeout(LOOK);
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Thread reader = Thread.ofPlatform().start(() -> {
            try {
                Duration look = lookAtNothing();
                client.getOutputStream().write(5);
                interrupted.complete(look.compareTo(UNTIL_QUIET) < 0
                        && Thread.currentThread().isInterrupted());
            } catch (IOException e) {
                interrupted.completeExceptionally(e);
            }
        });
        awaitWaiting(reader);
        reader.interrupt();

        assertThat(interrupted.get(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(server.getInputStream().read()).isEqualTo(5);
    }

    @Test
    void an_interrupted_thread_reads_on_without_spinning() throws Exception {
        CompletableFuture<Integer> read = new CompletableFuture<>();
        Thread reader = Thread.ofPlatform().start(() -> {
            Thread.currentThread().interrupt();
            try {
                read.complete(client.getInputStream().read());
            } catch (IOException e) {
                read.completeExceptionally(e);
            }
        });
        awaitWaiting(reader);
        server.getOutputStream().write(3);

        assertThat(read.get(LIMIT.toSeconds(), TimeUnit.SECONDS)).isEqualTo(3);
    }

    @Test
    void more_than_the_server_takes_at_once_arrives_whole() throws Exception {
        byte[] much = new byte[20_000_000];
        for (int i = 0; i < much.length; i++) {
            much[i] = (byte) (i * 31);
        }
        FutureTask<Void> writing = reading(() -> {
            try (OutputStream out = client.getOutputStream()) {
                out.write(much);
            }
            return null;
        });

        assertThat(server.getInputStream().readAllBytes()).isEqualTo(much);
        writing.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    @Test
    void options_are_those_of_the_connection() throws Exception {
        client.setTcpNoDelay(true);
        client.setKeepAlive(true);
        client.setSoLinger(true, 3);
        client.setReceiveBufferSize(16_384);
        client.setSendBufferSize(16_384);

        assertThat(client.getTcpNoDelay()).isTrue();
        assertThat(client.getKeepAlive()).isTrue();
        assertThat(client.getSoLinger()).isEqualTo(3);
        assertThat(client.getReceiveBufferSize()).isPositive();
        assertThat(client.getSendBufferSize()).isPositive();
        assertThat(client.getPort()).isEqualTo(door.getLocalPort());
        assertThat(client.getInetAddress()).isEqualTo(door.getInetAddress());
        assertThat(client.getLocalPort()).isEqualTo(server.getPort());
        assertThat(client.isConnected()).isTrue();
    }

    @Test
    void a_connection_that_fails_leaves_nothing_open() throws Exception {
        InetSocketAddress nobody = new InetSocketAddress(
                InetAddress.getLoopbackAddress(), TcpGate.closed().port());
        InetSocketAddress nowhere = InetSocketAddress.createUnresolved("nowhere.invalid", 5432);
        long before = openFiles();
        for (int i = 0; i < 50; i++) {
            try (Socket lonely = new RestingSockets(rest).createSocket();
                    Socket lost = new RestingSockets(rest).createSocket()) {
                assertThatThrownBy(() -> lonely.connect(nobody, 5_000)).isInstanceOf(SocketException.class);
                assertThatThrownBy(() -> lost.connect(nowhere, 5_000)).isInstanceOf(UnknownHostException.class);
            }
        }

        assertThat(openFiles() - before).isLessThan(50);
    }

    @Test
    void a_run_that_is_over_gets_no_sockets() {
        rest.forget();

        assertThatThrownBy(() -> new RestingSockets("channel-test"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("channel-test");
    }

    /** Reads when nothing comes and answers how long that took. */
    private Duration lookAtNothing() throws IOException {
        InputStream in = client.getInputStream();
        long start = System.nanoTime();
        assertThatThrownBy(in::read).isInstanceOf(SocketTimeoutException.class);
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static long openFiles() {
        return ManagementFactory.getPlatformMXBean(UnixOperatingSystemMXBean.class)
                .getOpenFileDescriptorCount();
    }

    /** Starts and answers once it waits. */
    private static <T> FutureTask<T> reading(Callable<T> read) {
        FutureTask<T> task = new FutureTask<>(read);
        awaitWaiting(Thread.ofPlatform().start(task));
        return task;
    }

    /** A thread that selects or writes counts as running, so its stack tells. */
    private static void awaitWaiting(Thread thread) {
        await().atMost(LIMIT)
                .until(() -> Arrays.stream(thread.getStackTrace())
                        .anyMatch(frame -> frame.getMethodName().equals("doSelect")));
    }

    private static <T> T valueOf(FutureTask<T> task) throws InterruptedException, ExecutionException, TimeoutException {
        return task.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }
}
