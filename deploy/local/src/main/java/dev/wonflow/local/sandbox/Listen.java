package dev.wonflow.local.sandbox;

import dev.wonflow.local.sandbox.Feed.Event;
import dev.wonflow.local.screen.Terminal;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Prints webhooks as they are sent, and forwards them if asked to. */
public final class Listen implements AutoCloseable {

    private static final Duration BEFORE_NEXT_TRY = Duration.ofSeconds(1);

    /** More than that wait only for a receiver that hangs, and each takes ten seconds then. */
    private static final int LONGEST_LINE = 1_000;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneId.of("Asia/Seoul"));

    private final Feed feed;
    private final String root;
    private final Optional<Forward> forward;
    private final Terminal terminal;
    private final JsonMapper json = new JsonMapper();

    /** One at a time, so that the receiver gets them in the order they were sent in. */
    private final ExecutorService forwarding = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(LONGEST_LINE),
            Thread.ofVirtual().factory(),
            (_, _) -> print("           not forwarded: " + LONGEST_LINE + " others wait for the receiver"));

    /** Creates it for the sandbox at a root URL. */
    public Listen(String root, Optional<URI> forwardTo, Terminal terminal) {
        this.feed = new Feed(root);
        this.root = root;
        this.forward = forwardTo.map(Forward::new);
        this.terminal = terminal;
    }

    /** Listens until interrupted; when the sandbox is stopped, until it is back. */
    public void forever() throws InterruptedException {
        boolean told = false;
        while (true) {
            if (once()) {
                told = false;
            }
            if (!told) {
                terminal.out().println(terminal.quiet("Waiting for a sandbox at " + root + " …"));
                told = true;
            }
            TimeUnit.MILLISECONDS.sleep(BEFORE_NEXT_TRY.toMillis());
        }
    }

    /** Listens until the stream ends, and tells whether there was one. */
    boolean once() throws InterruptedException {
        boolean[] connected = {false};
        try {
            feed.follow(
                    () -> {
                        connected[0] = true;
                        terminal.out().println(listening());
                    },
                    this::hear);
        } catch (IOException _) {
            // It is down, or was just stopped; the caller tries again.
        }
        return connected[0];
    }

    private String listening() {
        return "Listening to " + root
                + forward.map(to -> ", forwarding to " + to.url()).orElse("") + ". Ctrl-C ends it.";
    }

    private void hear(Event event) {
        JsonNode data = event.data();
        switch (event.name()) {
            case "sent" -> {
                printSent(data);
                forward.ifPresent(to -> forwarding.execute(() -> {
                    String answer = to.send(data);
                    print("           forwarded: " + answer);
                }));
            }
            case "ended" -> printEnded(data);
            default -> {
                // A newer sandbox may say more than this program knows.
            }
        }
    }

    private void printSent(JsonNode sent) {
        JsonNode body = parsed(sent.path("body").asString(""));
        String type = sent.path("eventType").isNull()
                ? "DEPOSIT_CALLBACK"
                : plain(sent.path("eventType").asString("?"));
        String status = first(body, "/data/status", "/status", "/entityBody/status");
        String about = first(sent, "/orderId");
        if (about.isEmpty()) {
            about = first(body, "/data/billingKey", "/entityBody/id");
        }
        int attempt = sent.path("retriedCount").asInt() + 1;
        String to = sent.path("url").isNull()
                ? "nobody registered"
                : "attempt " + attempt + " to " + plain(sent.path("url").asString());
        print(time(sent.path("at")) + "  " + String.format(Locale.ROOT, "%-23s %-20s %s  ", type, status, about)
                + terminal.quiet(to));
    }

    private void printEnded(JsonNode ended) {
        String outcome = ended.path("outcome").asString("");
        String answer = ended.path("httpStatus").isNull()
                ? outcome.toLowerCase(Locale.ROOT).replace('_', ' ')
                : "answered " + ended.path("httpStatus").asInt();
        String next = ended.path("nextAttemptAt").isNull()
                ? outcome.equals("ACCEPTED") ? "" : ", no further attempt"
                : ", again at " + time(ended.path("nextAttemptAt"));
        String line = time(ended.path("at")) + "    " + plain(ended.path("url").asString("") + " " + answer + next);
        print(outcome.equals("ACCEPTED") ? terminal.good(line) : terminal.bad(line));
    }

    private synchronized void print(String line) {
        terminal.out().println(line);
    }

    /** What is shown was written by the sandbox's callers: it must not steer the terminal. */
    private static String plain(String text) {
        return text.replaceAll("\\p{IsControl}", "?");
    }

    private JsonNode parsed(String body) {
        try {
            return json.readTree(body);
        } catch (JacksonException _) {
            return json.missingNode();
        }
    }

    private static String first(JsonNode tree, String... pointers) {
        for (String pointer : pointers) {
            JsonNode found = tree.at(pointer);
            if (found.isString()) {
                return plain(found.asString());
            }
        }
        return "";
    }

    private static String time(JsonNode instant) {
        return TIME.format(Instant.parse(instant.asString()));
    }

    @Override
    public void close() {
        forwarding.shutdownNow();
    }
}
