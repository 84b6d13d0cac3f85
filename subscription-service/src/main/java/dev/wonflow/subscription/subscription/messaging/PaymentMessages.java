package dev.wonflow.subscription.subscription.messaging;

import dev.wonflow.inbox.Inbox;
import dev.wonflow.inbox.MessageHeaders;
import dev.wonflow.inbox.SkippedMessages;
import dev.wonflow.subscription.subscription.ActivatePlan;
import dev.wonflow.subscription.subscription.FollowMethods;
import dev.wonflow.subscription.subscription.TakeBack;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Turns what happened to payments and billing methods into what it means for subscriptions. */
@Component
class PaymentMessages {

    /** Also the consumer group. Changing it makes every old message look new. */
    static final String CONSUMER = "subscription-service.payments";

    static final String TOPIC = "payment.events";

    private final Inbox inbox;
    private final SkippedMessages skipped;
    private final ActivatePlan activatePlan;
    private final TakeBack takeBack;
    private final FollowMethods followMethods;

    PaymentMessages(
            Inbox inbox,
            SkippedMessages skipped,
            ActivatePlan activatePlan,
            TakeBack takeBack,
            FollowMethods followMethods) {
        this.inbox = inbox;
        this.skipped = skipped;
        this.activatePlan = activatePlan;
        this.takeBack = takeBack;
        this.followMethods = followMethods;
    }

    /** Nearly all events are passed over; a plan that was paid starts a quarter of a second later at most. */
    @KafkaListener(
            id = CONSUMER,
            topics = TOPIC,
            properties = {Inbox.UNHURRIED, ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG + "=250"})
    void on(ConsumerRecord<byte[], byte[]> message) {
        Optional<PaymentFact> fact = PaymentFact.read(MessageHeaders.type(message), message.value());
        if (fact.isEmpty()) {
            // New types appear on the topic before we know them.
            skipped.unknownType(message);
            return;
        }
        switch (fact.get()) {
            case PaymentFact.PlanPaid(var purchase) ->
                inbox.onceIfNewer(CONSUMER, message, purchase.paymentId(), () -> activatePlan.paid(purchase));
            case PaymentFact.WentBack(var money) -> {
                if (money.whole()) {
                    inbox.onceIfNewer(CONSUMER, message, money.paymentId(), () -> takeBack.wentBack(money));
                } else {
                    // What was paid counts all the same, should its message come later.
                    inbox.once(CONSUMER, message, () -> takeBack.wentBack(money));
                }
            }
            case PaymentFact.MethodRegistered(var method, var tenantId, var at) ->
                inbox.onceIfNewer(
                        CONSUMER, message, method.toString(), () -> followMethods.registered(method, tenantId, at));
            case PaymentFact.MethodRemoved(var method, var tenantId, var at) ->
                inbox.onceIfNewer(
                        CONSUMER, message, method.toString(), () -> followMethods.removed(method, tenantId, at));
            // Has no effect, so an older message that has one may still come.
            case PaymentFact.NotOurs() -> skipped.skipped(message, "not-ours");
        }
    }
}
