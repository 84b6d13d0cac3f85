package dev.wonflow.webhook.web;

import dev.wonflow.access.OpenToAll;
import dev.wonflow.web.CodedProblem;
import dev.wonflow.web.statement.Operation;
import dev.wonflow.webhook.Envelope;
import dev.wonflow.webhook.Grade;
import dev.wonflow.webhook.Signatures;
import dev.wonflow.webhook.Sources;
import dev.wonflow.webhook.TossHeader;
import dev.wonflow.webhook.Webhook;
import dev.wonflow.webhook.WebhookMetrics;
import dev.wonflow.webhook.WebhookRefused;
import dev.wonflow.webhook.Webhooks;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Takes Toss's webhooks: 200 with an empty body once one is kept, a problem otherwise.
 *
 * <p>Any {@code Content-Type} is taken. The body has to be JSON either way, and to turn down an event for a label would
 * set off four days of retries.
 */
@RestController
final class TossWebhookController {

    private final Sources sources;
    private final InFlight inFlight;
    private final Bodies bodies;
    private final Signatures signatures;
    private final Envelopes envelopes;
    private final Webhooks webhooks;
    private final WebhookMetrics metrics;

    TossWebhookController(
            Sources sources,
            InFlight inFlight,
            Bodies bodies,
            Signatures signatures,
            Envelopes envelopes,
            Webhooks webhooks,
            WebhookMetrics metrics) {
        this.sources = sources;
        this.inFlight = inFlight;
        this.bodies = bodies;
        this.signatures = signatures;
        this.envelopes = envelopes;
        this.webhooks = webhooks;
        this.metrics = metrics;
    }

    /**
     * Takes a webhook of Toss: 200 with an empty body once it is kept. Any event is taken, known or not, as one JSON
     * value in UTF-8, gzipped or as it is. On any other answer Toss sends it again. Both addresses do the same.
     */
    // Two, for two teams had registered different ones.
    @OpenToAll(because = "Toss has no token; what it says is a hint and nothing more")
    @PostMapping({"/api/webhooks/toss", "/api/payments/webhook"})
    @Operation(
            id = "receiveWebhook",
            headers = {TossHeader.SIGNATURE, TossHeader.TRANSMISSION_TIME},
            problems = {
                "request.malformed",
                "request.too-large",
                "request.content-encoding",
                "webhook.source-not-allowed",
                "webhook.signature-missing",
                "webhook.signature-wrong",
                "webhook.body-too-slow",
                "webhook.overloaded",
                "webhook.secret-missing",
                "service.unavailable"
            })
    void receive(HttpServletRequest request) {
        Grade grade = null;
        Envelope envelope = null;
        try (InFlight.Reservation _ = reserve(request)) {
            byte[] body = bodies.read(request);
            List<TossHeader> headers = tossHeaders(request);
            // Before the JSON is looked at: the signature covers bytes, and a forger's JSON is not worth parsing.
            grade = signatures.grade(
                    body, all(headers, TossHeader.SIGNATURE), all(headers, TossHeader.TRANSMISSION_TIME));
            envelope = envelopes.read(body);
            webhooks.keep(new Webhook(body, headers, grade, envelope));
            metrics.kept(grade, envelope.shape());
        } catch (WebhookRefused e) {
            metrics.refused(e, grade, envelope == null ? null : envelope.shape());
            request.setAttribute(AnswerFirst.REFUSED, e.refusal());
            // Should Tomcat have taken over the answer, as it does after broken chunks.
            request.setAttribute(CodedProblem.ATTRIBUTE, WebhookProblems.problem(e));
            throw e;
        }
    }

    private InFlight.Reservation reserve(HttpServletRequest request) {
        try {
            sources.require(request.getRemoteAddr(), forwardedFor(request));
            return inFlight.reserve(Bodies.isPacked(request) ? -1 : request.getContentLengthLong());
        } catch (WebhookRefused notLetIn) {
            bodies.discard(request);
            throw notLetIn;
        }
    }

    /** Sent in several lines it is one list, in their order. */
    private static @Nullable String forwardedFor(HttpServletRequest request) {
        List<String> lines = Collections.list(request.getHeaders("X-Forwarded-For"));
        return lines.isEmpty() ? null : String.join(",", lines);
    }

    private static List<TossHeader> tossHeaders(HttpServletRequest request) {
        List<TossHeader> headers = new ArrayList<>();
        for (String sent : Collections.list(request.getHeaderNames())) {
            String name = sent.toLowerCase(Locale.ROOT);
            if (name.startsWith(TossHeader.PREFIX)) {
                for (String value : Collections.list(request.getHeaders(sent))) {
                    headers.add(new TossHeader(name, value));
                }
            }
        }
        return headers;
    }

    /** A header sent in several lines is one list (RFC 9110, 5.3). */
    private static @Nullable String all(List<TossHeader> headers, String name) {
        List<String> values = headers.stream()
                .filter(header -> header.name().equals(name))
                .map(TossHeader::value)
                .toList();
        return values.isEmpty() ? null : String.join(",", values);
    }
}
