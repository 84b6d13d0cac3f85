package dev.wonflow.local.sandbox;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the sandbox has sent about something. */
public final class SentWebhooks {

    /** A little longer than a receiver may take. */
    private static final Duration LIMIT = Duration.ofSeconds(11);

    private static final Duration POLL = Duration.ofMillis(100);

    /** Where webhooks have not appeared by then, none will. */
    private static final Duration FIRST = Duration.ofMillis(500);

    private final Sandbox sandbox;
    private final JsonMapper json = new JsonMapper();

    public SentWebhooks(Sandbox sandbox) {
        this.sandbox = sandbox;
    }

    /**
     * One webhook to one address.
     *
     * @param url empty if nobody is registered
     * @param result what came of its latest attempt, in a few words
     */
    public record Sent(String eventType, String status, String url, String result, boolean arrived) {}

    /**
     * Every webhook about an order or a key, each after its first attempt.
     *
     * @param about what they carry
     */
    public List<Sent> about(String about) throws InterruptedException {
        long begin = System.nanoTime();
        while (true) {
            List<JsonNode> found = find(about);
            long waited = System.nanoTime() - begin;
            boolean tried = found.stream().noneMatch(SentWebhooks::isUntried);
            if (waited > LIMIT.toNanos() || (tried && (!found.isEmpty() || waited > FIRST.toNanos()))) {
                return found.stream().map(this::sent).toList();
            }
            TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
        }
    }

    private List<JsonNode> find(String about) throws InterruptedException {
        return sandbox.control()
                .get("/control/webhooks")
                .ok()
                .valueStream()
                .filter(webhook -> webhook.path("orderId").asString("").equals(about)
                        || webhook.path("body").asString("").contains('"' + about + '"'))
                .toList();
    }

    private static boolean isUntried(JsonNode webhook) {
        return webhook.path("status").asString("").equals("SENDING")
                && webhook.path("attempts").isEmpty();
    }

    private Sent sent(JsonNode webhook) {
        JsonNode body = parsed(webhook.path("body").asString(""));
        JsonNode attempts = webhook.path("attempts");
        JsonNode latest = attempts.path(attempts.size() - 1);
        String outcome = latest.path("outcome").asString("");
        String result = outcome.isEmpty()
                ? ""
                : latest.path("httpStatus").isNumber()
                        ? latest.path("httpStatus").asString()
                        : outcome.toLowerCase(Locale.ROOT).replace('_', ' ');
        String status = body.at("/data/status")
                .asString(body.path("status")
                        .asString(body.at("/entityBody/status").asString("")));
        return new Sent(
                webhook.path("eventType").isString() ? webhook.path("eventType").asString() : "DEPOSIT_CALLBACK",
                status,
                webhook.path("url").asString(""),
                attempts.size() > 1 ? result + " at attempt " + attempts.size() : result,
                outcome.equals("ACCEPTED"));
    }

    private JsonNode parsed(String body) {
        try {
            return json.readTree(body);
        } catch (JacksonException _) {
            return json.missingNode();
        }
    }
}
