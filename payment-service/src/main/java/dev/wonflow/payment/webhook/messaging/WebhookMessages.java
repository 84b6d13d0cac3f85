package dev.wonflow.payment.webhook.messaging;

import dev.wonflow.inbox.Inbox;
import dev.wonflow.inbox.MessageHeaders;
import dev.wonflow.inbox.SkippedMessages;
import dev.wonflow.payment.WebhookSecret;
import dev.wonflow.payment.gateway.BillingKey;
import dev.wonflow.payment.webhook.Grade;
import dev.wonflow.payment.webhook.ReceiveWebhook;
import dev.wonflow.payment.webhook.TossWebhook;
import dev.wonflow.runtime.IdSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** Reads Toss's webhooks, whatever their shape. One that cannot be understood is kept all the same. */
@Component
class WebhookMessages {

    /** Also the consumer group; a change makes every old message new. */
    static final String CONSUMER = "payment-service.toss-webhooks";

    /** Webhooks that one transaction takes in; a payment that one of them is about may have to wait for its end. */
    private static final int AT_ONCE = 50;

    /** The prints known here; ingest says in a header which it has made. */
    private static final String PRINTS = "1";

    private final Inbox inbox;
    private final SkippedMessages skipped;
    private final ReceiveWebhook receiveWebhook;
    private final JsonMapper json;
    private final IdSource ids;
    private final Clock clock;
    private final Timer lag;

    WebhookMessages(
            Inbox inbox,
            SkippedMessages skipped,
            ReceiveWebhook receiveWebhook,
            JsonMapper json,
            IdSource ids,
            Clock clock,
            MeterRegistry meters) {
        this.inbox = inbox;
        this.skipped = skipped;
        this.receiveWebhook = receiveWebhook;
        this.json = json;
        this.ids = ids;
        this.clock = clock;
        this.lag = Timer.builder("wonflow.webhook.lag")
                .description("Time from a webhook's reception to its being read here")
                .register(meters);
    }

    /**
     * Not at once: the confirm that a webhook tells of is then over, its payment nobody's, and the webhook old news.
     */
    @KafkaListener(
            id = CONSUMER,
            topics = "toss.webhooks",
            containerPostProcessor = Inbox.BATCHED,
            properties = {Inbox.UNHURRIED, ConsumerConfig.MAX_POLL_RECORDS_CONFIG + "=" + AT_ONCE})
    void on(ConsumerRecord<byte[], byte[]> message) {
        if (!MessageHeaders.type(message).equals("toss.webhook-received.v1")) {
            skipped.unknownType(message);
            return;
        }
        JsonNode body = parse(message.value());
        boolean printed = MessageHeaders.optional(message, "ce_prints")
                .filter(PRINTS::equals)
                .isPresent();
        TossWebhook webhook = read(message, body, printed);
        String removed = removedKey(webhook, body, printed);
        if (removed != null) {
            // Holds a billing method, which others take before or after what hints take.
            inbox.requireAlone();
        }
        inbox.once(CONSUMER, message, () -> receive(webhook, removed));
    }

    private void receive(TossWebhook webhook, @Nullable String removedKey) {
        if (removedKey == null) {
            receiveWebhook.receive(webhook);
        } else {
            receiveWebhook.receiveRemoval(webhook, removedKey);
        }
        Duration late = Duration.between(webhook.receivedAt(), clock.instant());
        lag.record(late.isNegative() ? Duration.ZERO : late);
    }

    /** The print of the billing key that Toss says it has forgotten; the key itself goes no further. */
    private static @Nullable String removedKey(TossWebhook webhook, JsonNode body, boolean printed) {
        if (!"BILLING_DELETED".equals(webhook.eventType())) {
            return null;
        }
        try {
            return print(body.path("data"), "billingKey", printed, key -> new BillingKey(key).print());
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    /**
     * The print of a secret. A print in a body counts only if ingest says that it has made it, for any caller could
     * send one; ingests that make none pass on the secret itself.
     */
    private static @Nullable String print(
            JsonNode holder, String field, boolean printed, UnaryOperator<String> toPrint) {
        if (printed) {
            return text(holder, field + "Print");
        }
        String secret = text(holder, field);
        return secret == null ? null : toPrint.apply(secret);
    }

    private TossWebhook read(ConsumerRecord<byte[], byte[]> message, JsonNode body, boolean printed) {
        String shape = MessageHeaders.optional(message, "ce_shape").orElse("UNKNOWN");
        // The entity shape carries sellers and payouts, which are not about a payment.
        JsonNode payment = switch (shape) {
            case "CLASSIC" -> body.path("data");
            case "FLAT" -> body;
            default -> MissingNode.getInstance();
        };
        return new TossWebhook(
                ids.next(),
                MessageHeaders.time(message).orElseGet(clock::instant),
                shape,
                text(body, "eventType"),
                grade(message),
                text(payment, "orderId"),
                text(payment, "paymentKey"),
                text(payment, "status"),
                print(payment, "secret", printed, secret -> new WebhookSecret(secret).print()));
    }

    /** Bytes that are not JSON become an empty document: the webhook is kept, and nothing follows from it. */
    private JsonNode parse(byte @Nullable [] body) {
        if (body == null) {
            return MissingNode.getInstance();
        }
        try {
            return json.readTree(body);
        } catch (JacksonException _) {
            return MissingNode.getInstance();
        }
    }

    private static Grade grade(ConsumerRecord<?, ?> message) {
        // Only ingest can have seen a signature; the grades between are given here.
        return MessageHeaders.optional(message, "ce_grade")
                        .filter("SIGNED"::equals)
                        .isPresent()
                ? Grade.SIGNED
                : Grade.UNVERIFIED;
    }

    private static @Nullable String text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isString() && !value.stringValue().isBlank() ? value.stringValue() : null;
    }
}
