package dev.wonflow.subscription.charge.messaging;

import dev.wonflow.inbox.Inbox;
import dev.wonflow.inbox.MessageHeaders;
import dev.wonflow.inbox.SkippedMessages;
import dev.wonflow.inbox.UnreadableMessage;
import dev.wonflow.subscription.charge.ChargeId;
import dev.wonflow.subscription.charge.ChargeResult;
import dev.wonflow.subscription.charge.Remedy;
import dev.wonflow.subscription.charge.SettleCharges;
import dev.wonflow.web.json.Complaint;
import dev.wonflow.web.json.StrictJson;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Takes in what became of charges, those of a poll together. */
@Component
class ChargeMessages {

    /** Also the consumer group. Changing it makes every old message look new. */
    static final String CONSUMER = "subscription-service.charges";

    /** A poll costs so many statements whatever is in it, so it waits a moment for more, and one thread is enough. */
    private static final int AT_ONCE = 500;

    private static final int WORTH_A_POLL_BYTES = 256 * 1024;
    private static final int LONGEST_WAIT_MILLIS = 250;

    private static final String PAID = "payment.charge-paid.v1";
    private static final String FAILED = "payment.charge-failed.v1";
    private static final String UNKNOWN = "payment.charge-unknown.v1";

    private final Inbox inbox;
    private final SkippedMessages skipped;
    private final Consumer<List<ChargeResult>> settle;

    ChargeMessages(Inbox inbox, SkippedMessages skipped, SettleCharges settleCharges) {
        this.inbox = inbox;
        this.skipped = skipped;
        this.settle = settleCharges::settle;
    }

    @KafkaListener(
            id = CONSUMER,
            topics = "payment.events",
            containerPostProcessor = Inbox.BATCHED,
            concurrency = "1",
            properties = {
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG + "=" + AT_ONCE,
                ConsumerConfig.FETCH_MIN_BYTES_CONFIG + "=" + WORTH_A_POLL_BYTES,
                ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG + "=" + LONGEST_WAIT_MILLIS
            })
    void on(ConsumerRecord<byte[], byte[]> message) {
        String type = MessageHeaders.type(message);
        switch (type) {
            case PAID, FAILED, UNKNOWN -> {
                ChargeResult result = read(type, message.value());
                inbox.onceIfNewer(CONSUMER, message, result.charge().toString(), result, settle);
            }
            // Of payments and billing methods; others listen to them.
            default -> skipped.skipped(message, "not-ours");
        }
    }

    /**
     * Reads a result.
     *
     * @throws UnreadableMessage if the body is not what the contract of its type says
     */
    static ChargeResult read(String type, byte @Nullable [] body) {
        Body read = Body.read(body);
        ChargeId charge = new ChargeId(Body.required("chargeId", read.chargeId()));
        return switch (type) {
            case PAID ->
                new ChargeResult.Paid(
                        charge,
                        Body.required("paymentId", read.paymentId()).toString(),
                        Body.text("orderId", read.orderId()),
                        read.livemode(),
                        Body.moment("paidAt", read.paidAt()));
            case FAILED ->
                new ChargeResult.Failed(
                        charge,
                        Body.text("failureCode", read.failureCode()),
                        Remedy.of(Body.text("remedy", read.remedy())),
                        Body.moment("failedAt", read.failedAt()));
            default -> new ChargeResult.Unknown(charge);
        };
    }

    /** Only what settling needs; the contracts have more fields. */
    record Body(
            @Nullable UUID chargeId,
            @Nullable UUID paymentId,
            @Nullable String orderId,
            @Nullable String failureCode,
            @Nullable String remedy,
            boolean livemode,
            @Nullable Instant paidAt,
            @Nullable Instant failedAt) {

        /** The columns have the same limit. */
        private static final int MAX_TEXT_LENGTH = 100;

        private static final JsonMapper JSON = StrictJson.mapper();

        static Body read(byte @Nullable [] body) {
            try {
                return required("body", body == null ? null : JSON.readValue(body, Body.class));
            } catch (JacksonException e) {
                throw new UnreadableMessage(Complaint.about(e), e);
            }
        }

        static String text(String field, @Nullable String value) {
            String text = required(field, value);
            if (text.isBlank()
                    || text.length() > MAX_TEXT_LENGTH
                    || text.chars().anyMatch(Character::isISOControl)) {
                throw new UnreadableMessage(field + ": " + text.length() + " characters (expected: 1 to "
                        + MAX_TEXT_LENGTH + ", printable)");
            }
            return text;
        }

        /** What the database can hold, so that a moment is the same before and after it was stored. */
        static Instant moment(String field, @Nullable Instant value) {
            return required(field, value).truncatedTo(ChronoUnit.MICROS);
        }

        static <T> T required(String field, @Nullable T value) {
            if (value == null) {
                throw new UnreadableMessage(field + ": missing");
            }
            return value;
        }
    }
}
