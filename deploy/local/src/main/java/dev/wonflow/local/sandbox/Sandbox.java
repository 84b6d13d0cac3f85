package dev.wonflow.local.sandbox;

import dev.wonflow.local.Trouble;
import dev.wonflow.local.http.JsonHttp;
import dev.wonflow.local.http.JsonHttp.NoAnswer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/** A running sandbox: Toss's API with a secret key, and the controls around it. */
public final class Sandbox {

    private final JsonHttp control;
    private final JsonHttp api;

    /** Names the sandbox at a root URL; nothing is asked yet. */
    public Sandbox(String root, String secretKey) {
        this.control = new JsonHttp("toss-sandbox", root, Map.of());
        String credentials = Base64.getEncoder().encodeToString((secretKey + ":").getBytes(StandardCharsets.UTF_8));
        this.api = control.with("Authorization", "Basic " + credentials);
    }

    String root() {
        return control.root();
    }

    /** What a merchant's server asks of Toss. */
    JsonHttp api() {
        return api;
    }

    /** What only a sandbox can be asked for. */
    JsonHttp control() {
        return control;
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
