package dev.wonflow.local.clock;

import dev.wonflow.local.Trouble;
import dev.wonflow.local.clock.Reading.Time;
import dev.wonflow.local.http.JsonHttp;
import dev.wonflow.local.http.JsonHttp.Answer;
import dev.wonflow.local.http.JsonHttp.NoAnswer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Moves the sandbox, and then the services to the time the sandbox shows. All run on one machine, so "as far ahead of
 * it" is the same time everywhere.
 */
public final class StackClock {

    private static final String SANDBOX = "toss-sandbox";

    private final JsonHttp sandbox;
    private final Map<String, JsonHttp> services;
    private final ClockFile file;

    /**
     * Creates it.
     *
     * @param sandbox root URL
     * @param services root URLs by the services' names, in the order they are moved
     */
    public StackClock(String sandbox, Map<String, String> services, ClockFile file) {
        this.sandbox = new JsonHttp(SANDBOX, sandbox, Map.of());
        this.services = new LinkedHashMap<>();
        services.forEach((name, url) -> this.services.put(name, new JsonHttp(name, url, Map.of())));
        this.file = file;
    }

    /**
     * What every part shows, the sandbox first.
     *
     * @throws Trouble if the sandbox does not answer
     */
    public List<Reading> read() throws InterruptedException {
        return readings(sandboxTime());
    }

    /** Moves everything forward; what waits at Toss for a moment on the way happens at that moment. */
    public List<Reading> advance(Duration by) throws InterruptedException {
        Time _ = sandboxTime();
        return follow(sandbox.post("/control/clock/advance", Map.of("by", by.toString())));
    }

    /** Moves everything to a moment to come. */
    public List<Reading> to(Instant moment) throws InterruptedException {
        Time _ = sandboxTime();
        return follow(sandbox.post("/control/clock/advance", Map.of("to", moment.toString())));
    }

    /**
     * Remembers the sandbox's books and time.
     *
     * @return the snapshot's id
     */
    public String snapshot() throws InterruptedException {
        Time _ = sandboxTime();
        return sandbox.post("/control/snapshots", Map.of()).ok().path("id").asString();
    }

    /**
     * Puts the sandbox back to a snapshot, and lets the services' clocks follow. What they have written since stays.
     *
     * @param snapshot its id; the latest if empty
     * @throws Trouble if there is no such snapshot
     */
    public List<Reading> reset(Optional<String> snapshot) throws InterruptedException {
        Time _ = sandboxTime();
        String id = snapshot.isPresent() ? snapshot.get() : latestSnapshot();
        return follow(sandbox.post(
                "/control/snapshots/" + URLEncoder.encode(id, StandardCharsets.UTF_8) + "/reset", Map.of()));
    }

    private String latestSnapshot() throws InterruptedException {
        JsonNode snapshots = sandbox.get("/control/snapshots").ok();
        if (snapshots.isEmpty()) {
            throw new Trouble("There is no snapshot to go back to. Take one first: ./wonflow clock snapshot");
        }
        return snapshots.path(snapshots.size() - 1).path("id").asString();
    }

    /** Moves the services to what the sandbox shows, one after the other, and asks all of them again. */
    public List<Reading> align() throws InterruptedException {
        Duration ahead = sandboxTime().ahead();
        boolean any = false;
        for (Map.Entry<String, JsonHttp> service : services.entrySet()) {
            any |= move(service.getValue(), ahead);
        }
        if (any) {
            // A sandbox that runs alone has no data of ours beside it.
            file.write(ahead);
        }
        return read();
    }

    private List<Reading> follow(Answer moved) throws InterruptedException {
        if (moved.status() / 100 != 2) {
            throw new Trouble("Nothing was moved: toss-sandbox answers " + moved + ".");
        }
        return align();
    }

    /** Tells whether the service runs; what it shows afterwards is asked of all at the end. */
    private static boolean move(JsonHttp service, Duration ahead) throws InterruptedException {
        try {
            Answer _ = service.post("/actuator/clock", Map.of("ahead", ahead.toString()));
            return true;
        } catch (NoAnswer _) {
            return false;
        }
    }

    private List<Reading> readings(Time toss) throws InterruptedException {
        List<Reading> readings = new ArrayList<>();
        readings.add(Reading.of(SANDBOX, toss));
        for (Map.Entry<String, JsonHttp> service : services.entrySet()) {
            readings.add(reading(service.getKey(), service.getValue()));
        }
        return readings;
    }

    private static Reading reading(String name, JsonHttp service) throws InterruptedException {
        try {
            Answer answer = service.get("/actuator/clock");
            return answer.status() == 200
                    ? Reading.of(name, time(answer.body()))
                    : Reading.none(name, "has a clock that cannot be moved (" + answer + ")");
        } catch (NoAnswer _) {
            return Reading.none(name, "does not run");
        }
    }

    private Time sandboxTime() throws InterruptedException {
        try {
            return time(sandbox.get("/control/clock").ok());
        } catch (NoAnswer e) {
            throw new Trouble(
                    "There is no sandbox at " + sandbox.root() + ", and the stack's time is the sandbox's.\n"
                            + "Start the stack with ./wonflow up, or a sandbox alone with ./wonflow sandbox.",
                    e);
        }
    }

    private static Time time(JsonNode body) {
        return new Time(
                Instant.parse(body.path("now").asString()),
                Duration.parse(body.path("ahead").asString()));
    }
}
