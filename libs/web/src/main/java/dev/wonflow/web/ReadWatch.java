package dev.wonflow.web;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes sockets on which a read has been waiting for longer than it may. */
final class ReadWatch {

    private static final Logger log = LoggerFactory.getLogger(ReadWatch.class);

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final Set<PatientSocket> sockets = ConcurrentHashMap.newKeySet();

    /** The one of this virtual machine, since the driver makes its factories itself; it looks by itself. */
    static ReadWatch shared() {
        return Shared.WATCH;
    }

    private static final class Shared {

        static final ReadWatch WATCH = looking();

        private static ReadWatch looking() {
            var watch = new ReadWatch();
            var looks = new ScheduledThreadPoolExecutor(
                    1, Thread.ofPlatform().daemon().name("database-read-watch").factory());
            var _ = looks.scheduleWithFixedDelay(
                    () -> watch.look(System.nanoTime()),
                    BETWEEN_LOOKS.toMillis(),
                    BETWEEN_LOOKS.toMillis(),
                    TimeUnit.MILLISECONDS);
            return watch;
        }
    }

    void add(PatientSocket socket) {
        sockets.add(socket);
    }

    void remove(PatientSocket socket) {
        sockets.remove(socket);
    }

    void look(long nanoTime) {
        for (PatientSocket socket : sockets) {
            if (socket.isOverdue(nanoTime)) {
                giveUp(socket);
            }
        }
    }

    private static void giveUp(PatientSocket socket) {
        try {
            socket.giveUp();
        } catch (IOException | RuntimeException e) {
            // Whoever reads is told by the read, which has ended. The next looks must come whatever happens here.
            log.debug("A connection to the database was not closed in order", e);
        }
    }
}
