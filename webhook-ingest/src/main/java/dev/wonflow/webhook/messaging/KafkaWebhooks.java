package dev.wonflow.webhook.messaging;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.wonflow.runtime.IdSource;
import dev.wonflow.runtime.trace.Trace;
import dev.wonflow.runtime.trace.Traceparent;
import dev.wonflow.webhook.Refusal;
import dev.wonflow.webhook.TossHeader;
import dev.wonflow.webhook.Webhook;
import dev.wonflow.webhook.WebhookProperties;
import dev.wonflow.webhook.WebhookRefused;
import dev.wonflow.webhook.Webhooks;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.stereotype.Component;

/**
 * Keeps webhooks in the topic {@code toss.webhooks}: the value is what Toss sent, byte for byte but for its secrets.
 */
@Component
final class KafkaWebhooks implements Webhooks {

    static final String TOPIC = "toss.webhooks";

    static final String TYPE = "toss.webhook-received.v1";

    private final KafkaTemplate<byte[], byte[]> kafka;
    private final IdSource ids;
    private final Clock clock;
    private final Trace trace;
    private final Duration ackTimeout;
    private final Prints prints = new Prints();

    KafkaWebhooks(
            KafkaTemplate<byte[], byte[]> kafka, IdSource ids, Clock clock, Trace trace, WebhookProperties settings) {
        this.kafka = kafka;
        this.ids = ids;
        this.clock = clock;
        this.trace = trace;
        this.ackTimeout = settings.ackTimeout();
    }

    @Override
    public void keep(Webhook webhook) {
        long began = System.nanoTime();
        try {
            CompletableFuture<?> acknowledged = kafka.send(record(webhook));
            // The producer may have waited for a broker already; that counts.
            long left = ackTimeout.toNanos() - (System.nanoTime() - began);
            acknowledged.get(Math.max(0, left), TimeUnit.NANOSECONDS);
        } catch (ExecutionException | KafkaException e) {
            throw unavailable(e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            throw unavailable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable(e);
        }
    }

    private static WebhookRefused unavailable(Throwable cause) {
        return new WebhookRefused(
                Refusal.KAFKA_UNAVAILABLE, "webhook: not acknowledged by Kafka in time (expected: a retry)", cause);
    }

    private ProducerRecord<byte[], byte[]> record(Webhook webhook) {
        String key = key(webhook);
        ProducerRecord<byte[], byte[]> message = new ProducerRecord<>(
                TOPIC, key == null ? null : key.getBytes(UTF_8), prints.inPlaceOfSecrets(webhook.body()));
        Headers headers = message.headers();
        add(headers, "ce_specversion", "1.0");
        add(headers, "ce_id", ids.next().toString());
        add(headers, "ce_type", TYPE);
        add(headers, "ce_source", "/wonflow/webhook-ingest");
        if (key != null) {
            add(headers, "ce_subject", key);
        }
        add(headers, "ce_time", clock.instant().truncatedTo(ChronoUnit.MICROS).toString());
        add(headers, "ce_dataschema", "urn:wonflow:schema:" + TYPE);
        add(headers, "ce_grade", webhook.grade().name());
        add(headers, "ce_shape", webhook.envelope().shape().name());
        add(headers, "ce_prints", Prints.VERSION);
        if (webhook.envelope().eventType() != null) {
            add(headers, "ce_tosseventtype", webhook.envelope().eventType());
        }
        add(headers, "content-type", "application/json");
        trace.current().ifPresent(cause -> add(headers, Traceparent.HEADER, cause.toString()));
        for (TossHeader header : webhook.headers()) {
            // The server decoded header bytes as Latin-1; the same way back gives the bytes Toss sent.
            headers.add(header.name(), header.value().getBytes(ISO_8859_1));
        }
        return message;
    }

    /** Without a subject, the deliveries of one webhook at least stay together. */
    private static @Nullable String key(Webhook webhook) {
        String subject = webhook.envelope().subject();
        return subject != null
                ? subject
                : webhook.header(TossHeader.TRANSMISSION_ID).orElse(null);
    }

    private static void add(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(UTF_8));
    }
}
