package dev.wonflow.sandbox.state.json;

import dev.wonflow.sandbox.clock.SandboxClock;
import dev.wonflow.sandbox.state.Books;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Keeps the state on disk if a file is set: reads it before the first call is answered, saves it every few seconds when
 * something changed, and after the last call. The time the sandbox did not run counts as passed.
 */
@Component
class KeepState implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(KeepState.class);

    /** Started before the tasks and the server, and stopped after them. */
    private static final int PHASE = 0;

    private final StateFileSettings settings;
    private final Books books;
    private final SandboxClock clock;

    private @Nullable StateFile file;
    private @Nullable ScheduledExecutorService saving;
    private Books.@Nullable Copy saved;

    KeepState(StateFileSettings settings, Books books, SandboxClock clock) {
        this.settings = settings;
        this.books = books;
        this.clock = clock;
    }

    @Override
    public synchronized void start() {
        Path path = settings.stateFile();
        if (path == null || file != null) {
            return;
        }
        try {
            StateFile opened = StateFile.open(path);
            try {
                read(opened);
            } catch (IOException | RuntimeException e) {
                opened.close();
                throw e;
            }
            file = opened;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "wonflow.sandbox.state-file: " + path + " (expected: a file that can be read and written)", e);
        }
        long every = settings.stateSaveEvery().toMillis();
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("sandbox-state").factory());
        saving = timer;
        var _ = timer.scheduleWithFixedDelay(this::saveIfChanged, every, every, TimeUnit.MILLISECONDS);
    }

    private void read(StateFile opened) throws IOException {
        Books.Copy copy = opened.read(books);
        if (copy == null) {
            return;
        }
        Duration ahead = copy.ahead().compareTo(clock.ahead()) > 0 ? copy.ahead() : clock.ahead();
        Instant machine = clock.instant().minus(clock.ahead());
        books.putBack(copy, machine.plus(ahead));
        saved = copy;
    }

    private synchronized void saveIfChanged() {
        StateFile open = file;
        if (open == null) {
            return;
        }
        try {
            Books.Copy copy = books.copy();
            if (isNew(copy)) {
                open.write(copy);
                saved = copy;
            }
        } catch (IOException | RuntimeException e) {
            // The next attempt may succeed, and the file still holds what was saved last.
            log.error("State was not saved to {}", settings.stateFile(), e);
        }
    }

    private boolean isNew(Books.Copy copy) {
        Books.Copy last = saved;
        return last == null
                || !last.ahead().equals(copy.ahead())
                || !last.parts().equals(copy.parts());
    }

    @Override
    public void stop() {
        ScheduledExecutorService timer;
        synchronized (this) {
            timer = saving;
            saving = null;
        }
        if (timer != null) {
            timer.shutdown();
            saveIfChanged();
        }
        synchronized (this) {
            StateFile open = file;
            file = null;
            if (open != null) {
                open.close();
            }
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return file != null;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
