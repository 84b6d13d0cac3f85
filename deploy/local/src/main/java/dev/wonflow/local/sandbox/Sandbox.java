package dev.wonflow.local.sandbox;

import dev.wonflow.local.Trouble;
import dev.wonflow.local.http.JsonHttp;
import dev.wonflow.local.http.JsonHttp.NoAnswer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A running sandbox, and the merchant whose things are made to happen there. */
public final class Sandbox {

    private final JsonHttp control;
    private final String secretKey;

    /** Names the sandbox at a root URL; nothing is asked yet. */
    public Sandbox(String root, String secretKey) {
        this.control = new JsonHttp("toss-sandbox", root, Map.of());
        this.secretKey = secretKey;
    }

    String root() {
        return control.root();
    }

    /** What only a sandbox can be asked for. */
    JsonHttp control() {
        return control;
    }

    /**
     * What happened.
     *
     * @param summary one line for a reader
     * @param about what its webhooks carry somewhere in their bodies
     */
    public record Outcome(String summary, String about, List<Step> steps) {}

    /** One step on the way: who did what, and what came of it. */
    public record Step(String what, String result) {}

    /**
     * Makes something happen.
     *
     * @param wish what it is to happen to, as the sandbox takes it; it decides what is left out
     * @throws Trouble if a step was refused that should not have been
     */
    public Outcome pull(Trigger trigger, Map<String, Object> wish) throws InterruptedException {
        Map<String, Object> request = new LinkedHashMap<>(wish);
        request.put("secretKey", secretKey);
        JsonNode happened =
                control.post("/control/triggers/" + trigger.event(), request).ok();
        return new Outcome(
                happened.path("summary").asString(""),
                happened.path("about").asString(""),
                happened.path("steps")
                        .valueStream()
                        .map(step -> new Step(
                                step.path("what").asString(""),
                                step.path("result").asString("")))
                        .toList());
    }

    /**
     * Makes sure that it is there.
     *
     * @throws Trouble if it is not, saying how to start one
     */
    public void requireRunning() throws InterruptedException {
        try {
            var _ = control.get("/control/clock").ok();
        } catch (NoAnswer e) {
            throw new Trouble(
                    "There is no sandbox at " + root() + ".\nStart one with ./wonflow sandbox, or the whole stack with"
                            + " ./wonflow up; --sandbox URL names one elsewhere.",
                    e);
        }
    }
}
