package dev.wonflow.local.screen;

import dev.wonflow.local.stack.PartState;
import dev.wonflow.local.stack.Progress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Shows how far the parts are. On a terminal each part keeps one line that is painted again while it changes; elsewhere
 * each change is a line, and a long wait says now and then what it waits for.
 */
public final class PartsScreen implements Progress, AutoCloseable {

    private static final Duration FRAME = Duration.ofMillis(120);
    private static final Duration REMINDER = Duration.ofSeconds(10);
    private static final String[] SPINNER = {"|", "/", "-", "\\"};

    private final Terminal terminal;
    private final Map<String, Line> lines = new LinkedHashMap<>();
    private final long startNanos = System.nanoTime();
    private final Thread painter;

    private int painted;
    private int frame;

    private PartsScreen(Terminal terminal, List<String> parts) {
        this.terminal = terminal;
        parts.forEach(part -> lines.put(part, new Line()));
        this.painter = Thread.ofVirtual().unstarted(this::paintUntilInterrupted);
    }

    /** Starts to show these parts; close it when the last has changed. */
    public static PartsScreen of(Terminal terminal, List<String> parts) {
        PartsScreen screen = new PartsScreen(terminal, parts);
        screen.painter.start();
        return screen;
    }

    @Override
    public synchronized void on(String part, PartState state, String detail) {
        Line line = lines.computeIfAbsent(part, _ -> new Line());
        boolean news = line.state != state;
        line.state = state;
        line.detail = detail;
        if (news) {
            line.atNanos = System.nanoTime();
            if (!terminal.live() && state != PartState.WAITING) {
                terminal.out()
                        .printf(
                                Locale.ROOT,
                                "%6.1f s  %-21s %-9s %s%n",
                                seconds(line.atNanos),
                                part,
                                word(state),
                                detail);
            }
        }
    }

    private void paintUntilInterrupted() {
        Duration pause = terminal.live() ? FRAME : REMINDER;
        while (true) {
            try {
                TimeUnit.NANOSECONDS.sleep(pause.toNanos());
            } catch (InterruptedException _) {
                return;
            }
            if (terminal.live()) {
                paint();
            } else {
                remind();
            }
        }
    }

    private synchronized void paint() {
        StringBuilder picture = new StringBuilder();
        if (painted > 0) {
            picture.append("\u001b[").append(painted).append('A');
        }
        painted = 0;
        frame++;
        for (Map.Entry<String, Line> entry : lines.entrySet()) {
            Line line = entry.getValue();
            PartState state = line.state;
            if (state != null) {
                picture.append("\r\u001b[2K")
                        .append(painted(entry.getKey(), line, state))
                        .append('\n');
                painted++;
            }
        }
        terminal.out().print(picture);
        terminal.out().flush();
    }

    private String painted(String part, Line line, PartState state) {
        boolean moving = state == PartState.STARTING || state == PartState.STOPPING;
        double seconds = seconds(moving ? System.nanoTime() : line.atNanos);
        String time = state == PartState.WAITING ? "" : String.format(Locale.ROOT, "%.1f s", seconds);
        String text = String.format(Locale.ROOT, "%-21s %-9s %8s  %s", part, word(state), time, line.detail);
        int room = Math.max(10, terminal.columns() - 5);
        String cut = text.length() > room ? text.substring(0, room) : text;
        return switch (state) {
            case WAITING -> terminal.quiet("  . " + cut);
            case STARTING, STOPPING -> "  " + SPINNER[frame % SPINNER.length] + " " + cut;
            case HEALTHY, STOPPED -> "  " + terminal.good(terminal.unicode() ? "✓" : "+") + " " + cut;
            case FAILED, KILLED -> "  " + terminal.bad(terminal.unicode() ? "✗" : "x") + " " + cut;
        };
    }

    private synchronized void remind() {
        StringJoiner waiting = new StringJoiner(", ");
        lines.forEach((part, line) -> {
            if (line.state == PartState.STARTING || line.state == PartState.STOPPING) {
                waiting.add(part + (line.detail.isEmpty() ? "" : " (" + line.detail + ")"));
            }
        });
        if (waiting.length() > 0) {
            terminal.out().printf(Locale.ROOT, "%6.1f s  still waiting for %s%n", seconds(System.nanoTime()), waiting);
        }
    }

    private double seconds(long nanos) {
        return (nanos - startNanos) / 1e9;
    }

    private static String word(PartState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public void close() {
        painter.interrupt();
        try {
            painter.join(Duration.ofSeconds(1));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        if (terminal.live()) {
            paint();
        }
    }

    private static final class Line {
        private @Nullable PartState state;
        private String detail = "";
        private long atNanos;
    }
}
