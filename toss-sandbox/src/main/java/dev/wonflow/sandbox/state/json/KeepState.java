package dev.wonflow.sandbox.state.json;

import dev.wonflow.sandbox.clock.SandboxClock;
import dev.wonflow.sandbox.state.Books;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import tools.jackson.core.exc.JacksonIOException;

/**
 * Keeps the state on disk if a file is set: reads it before the first call is answered, saves it every few seconds when
 * something changed, and after the last call. Large books take longer to save, since a quarter of one processor has to
 * be enough. The time the sandbox did not run counts as passed.
 */
@Component
class KeepState implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(KeepState.class);

    /** Started before the tasks and the server, and stopped after them. */
    private static final int PHASE = 0;

    private final StateFileSettings settings;
    private final Books books;
    private final SandboxClock clock;
    private final List<StateJson> known;

    private volatile @Nullable StateFile file;
    private @Nullable ScheduledExecutorService saving;
    private @Nullable Future<?> nextSave;
    private Books.@Nullable Copy saved;
    private boolean failing;

    KeepState(StateFileSettings settings, Books books, SandboxClock clock, List<StateJson> known) {
        this.settings = settings;
        this.books = books;
        this.clock = clock;
        this.known = List.copyOf(known);
    }

    @Override
    public synchronized void start() {
        Path path = settings.stateFile();
        if (path == null || file != null) {
            return;
        }
        try {
            StateFile opened = StateFile.open(path, known);
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
        saving = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("sandbox-state").factory());
        saveSoon();
    }

    private void read(StateFile opened) throws IOException {
        Books.Copy copy = opened.read(books);
        if (copy == null) {
            return;
        }
        Duration ahead = copy.ahead().compareTo(clock.ahead()) > 0 ? copy.ahead() : clock.ahead();
        Instant machine = clock.instant().minus(clock.ahead());
        try {
            books.putBack(copy, machine.plus(ahead));
        } catch (RuntimeException e) {
            // Each part could be read, and does not say what the books need to know.
            IllegalStateException unreadable = opened.unreadable("not to be used: " + e.getMessage());
            unreadable.initCause(e);
            throw unreadable;
        }
        saved = books.copy();
    }

    private synchronized void saveSoon() {
        ScheduledExecutorService timer = saving;
        if (timer != null) {
            nextSave =
                    timer.schedule(this::saveAndGoOn, settings.stateSaveEvery().toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void saveAndGoOn() {
        save(books::copy);
        saveSoon();
    }

    private synchronized void save(Supplier<Books.Copy> copying) {
        StateFile open = file;
        if (open == null) {
            return;
        }
        try {
            Books.Copy copy = copying.get();
            if (isNew(copy)) {
                open.write(copy);
                saved = copy;
            }
            if (failing) {
                failing = false;
                log.warn("State is saved to {} again", settings.stateFile());
            }
        } catch (IOException | JacksonIOException | IllegalStateException e) {
            // The next attempt may succeed, and the file still holds what was saved last.
            if (!failing) {
                failing = true;
                log.error(
                        "State cannot be saved to {}: {}. The sandbox goes on and tries again; the file is as it was.",
                        settings.stateFile(),
                        e.toString());
            }
        } catch (RuntimeException e) {
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
        StateFile written = file;
        if (written != null) {
            // Before anything that would wait for it.
            written.hurry();
        }
        ScheduledExecutorService timer;
        synchronized (this) {
            timer = saving;
            saving = null;
            if (nextSave != null) {
                nextSave.cancel(false);
            }
        }
        if (timer != null) {
            timer.shutdown();
            save(books::lastCopy);
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
    public boolean isRunning() {
        return file != null;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
