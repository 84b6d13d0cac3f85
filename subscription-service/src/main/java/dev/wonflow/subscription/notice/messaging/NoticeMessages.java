package dev.wonflow.subscription.notice.messaging;

import dev.wonflow.inbox.Inbox;
import dev.wonflow.inbox.MessageHeaders;
import dev.wonflow.inbox.SkippedMessages;
import dev.wonflow.subscription.notice.MailNotices;
import dev.wonflow.subscription.notice.ToldNotice;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Has notices mailed that were asked for. A notice never changes, so none of them is old. */
@Component
class NoticeMessages {

    /** Also the consumer group. Changing it makes every old notice look new, though a mail is known by its notice. */
    static final String CONSUMER = "subscription-service.notice-mail";

    private final Inbox inbox;
    private final SkippedMessages skipped;
    private final MailNotices mailNotices;

    NoticeMessages(Inbox inbox, SkippedMessages skipped, MailNotices mailNotices) {
        this.inbox = inbox;
        this.skipped = skipped;
        this.mailNotices = mailNotices;
    }

    /** A mail may be a second later. */
    @KafkaListener(
            id = CONSUMER,
            topics = OutboxNoticeEvents.TOPIC,
            containerPostProcessor = Inbox.BATCHED,
            properties = Inbox.UNHURRIED)
    void on(ConsumerRecord<byte[], byte[]> message) {
        if (!MessageHeaders.type(message).equals(OutboxNoticeEvents.REQUESTED)) {
            skipped.unknownType(message);
            return;
        }
        if (!mailNotices.isOn()) {
            // Somebody else passes them on; what came meanwhile is not mailed later, when it would be old.
            skipped.skipped(message, "mail-off");
            return;
        }
        Optional<ToldNotice> notice = NoticeBody.read(message.value());
        if (notice.isEmpty()) {
            skipped.skipped(message, "unknown-kind");
            return;
        }
        inbox.once(CONSUMER, message, () -> mailNotices.take(notice.get()));
    }
}
