package dev.wonflow.runtime;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

/**
 * Withholds the lines of a logger that writes more than anybody reads, and says how many. Each logger has its own
 * allowance, so a library that floods the log while its server is away does not silence anybody else, and its errors
 * have one of their own, so a caller who can make it write warnings cannot hide them.
 */
final class LogThrottle extends TurboFilter {

    private static final org.slf4j.Logger log = LoggerFactory.getLogger(LogThrottle.class);

    private final ConcurrentMap<Writer, Allowance> allowances = new ConcurrentHashMap<>();
    private final AtomicBoolean reportIsDue = new AtomicBoolean();
    private final LogSettings settings;
    private final LongSupplier nanoTime;
    private final Executor later;

    /**
     * Creates it.
     *
     * @param later runs a report when the interval has passed
     */
    LogThrottle(LogSettings settings, LongSupplier nanoTime, Executor later) {
        this.settings = settings;
        this.nanoTime = nanoTime;
        this.later = later;
    }

    @Override
    public FilterReply decide(
            @Nullable Marker marker,
            Logger logger,
            Level level,
            @Nullable String format,
            Object @Nullable [] parameters,
            @Nullable Throwable thrown) {
        // Without a text it is only the question whether the level is on.
        if (format == null
                || !level.isGreaterOrEqual(logger.getEffectiveLevel())
                || logger.getName().equals(log.getName())) {
            return FilterReply.NEUTRAL;
        }
        long now = nanoTime.getAsLong();
        Allowance allowance = allowances.computeIfAbsent(
                new Writer(logger.getName(), level.isGreaterOrEqual(Level.ERROR)), _ -> new Allowance(settings, now));
        if (allowance.takes(now)) {
            return FilterReply.NEUTRAL;
        }
        if (reportIsDue.compareAndSet(false, true)) {
            later.execute(this::report);
        }
        return FilterReply.DENY;
    }

    /** Says what was withheld since the last report, if anything was. */
    void report() {
        reportIsDue.set(false);
        Map<String, Long> withheld = new TreeMap<>();
        allowances.forEach((writer, allowance) -> {
            long lines = allowance.withheldSinceLastReport();
            if (lines > 0) {
                withheld.put(writer.shown(), lines);
            }
        });
        if (withheld.isEmpty()) {
            return;
        }
        log.warn(
                "Lines withheld, by logger: {} (expected: at most {} a second; see wonflow.log.lines-per-second)",
                withheld,
                settings.linesPerSecond());
    }

    /** A logger, with its errors apart from everything else. */
    private record Writer(String logger, boolean errors) {

        String shown() {
            return errors ? logger + " (errors)" : logger;
        }
    }

    /** What one logger may still write. */
    private static final class Allowance {

        private final long burst;
        private final long nanosPerLine;
        private long lines;
        private long filledAt;
        private long withheld;

        Allowance(LogSettings settings, long now) {
            this.burst = settings.burst();
            this.nanosPerLine = TimeUnit.SECONDS.toNanos(1) / settings.linesPerSecond();
            this.lines = burst;
            this.filledAt = now;
        }

        synchronized boolean takes(long now) {
            long earned = (now - filledAt) / nanosPerLine;
            if (earned > 0) {
                lines = Math.min(burst, lines + earned);
                filledAt += earned * nanosPerLine;
            }
            if (lines > 0) {
                lines--;
                return true;
            }
            withheld++;
            return false;
        }

        synchronized long withheldSinceLastReport() {
            long lines = withheld;
            withheld = 0;
            return lines;
        }
    }
}
