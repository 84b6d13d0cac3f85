package dev.wonflow.payment.charge.messaging;

import dev.wonflow.inbox.Inbox;
import dev.wonflow.inbox.MessageHeaders;
import dev.wonflow.inbox.SkippedMessages;
import dev.wonflow.inbox.UnreadableMessage;
import dev.wonflow.money.Money;
import dev.wonflow.payment.billing.BillingMethodId;
import dev.wonflow.payment.charge.Charge;
import dev.wonflow.payment.charge.ChargeContradicts;
import dev.wonflow.payment.charge.ChargeId;
import dev.wonflow.payment.charge.RequestCharge;
import dev.wonflow.runtime.TenantClocks;
import dev.wonflow.runtime.TenantId;
import dev.wonflow.web.json.Complaint;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Takes in commands to charge. The tenant is the message's: the broker's access lists say who may write here. */
@Component
class ChargeMessages {

    /** Also the consumer group; a change makes every old message new. */
    static final String CONSUMER = "payment-service.payment-commands";

    private final Inbox inbox;
    private final SkippedMessages skipped;
    private final RequestCharge requestCharge;
    private final JsonMapper json;
    private final TenantClocks clocks;

    ChargeMessages(
            Inbox inbox, SkippedMessages skipped, RequestCharge requestCharge, JsonMapper json, TenantClocks clocks) {
        this.inbox = inbox;
        this.skipped = skipped;
        this.requestCharge = requestCharge;
        this.json = json;
        this.clocks = clocks;
    }

    @KafkaListener(id = CONSUMER, topics = "payment.commands", containerPostProcessor = Inbox.BATCHED)
    void on(ConsumerRecord<byte[], byte[]> message) {
        if (!MessageHeaders.type(message).equals("payment.charge-requested.v1")) {
            skipped.unknownType(message);
            return;
        }
        Charge charge = read(message).charge(clocks);
        inbox.once(CONSUMER, message, () -> request(charge));
    }

    private void request(Charge charge) {
        try {
            requestCharge.request(charge);
        } catch (ChargeContradicts e) {
            throw new UnreadableMessage(String.valueOf(e.getMessage()), e);
        }
    }

    private ChargeRequested read(ConsumerRecord<byte[], byte[]> message) {
        byte[] body = message.value();
        if (body == null) {
            throw new UnreadableMessage("body: missing (expected: JSON)");
        }
        try {
            ChargeRequested read = json.readValue(body, ChargeRequested.class);
            if (read == null) {
                throw new UnreadableMessage("body: null (expected: a JSON object)");
            }
            return read;
        } catch (JacksonException e) {
            throw new UnreadableMessage(Complaint.about(e), e);
        }
    }

    /** The command's body. */
    record ChargeRequested(
            @Nullable UUID chargeId,
            @Nullable String tenantId,
            @Nullable UUID billingMethodId,
            @Nullable String orderName,
            @Nullable Long amount,
            @Nullable Long taxFreeAmount,
            @Nullable String currency) {

        Charge charge(TenantClocks clocks) {
            if (chargeId == null
                    || tenantId == null
                    || billingMethodId == null
                    || orderName == null
                    || amount == null) {
                throw new UnreadableMessage(
                        "charge: incomplete (expected: chargeId, tenantId, billingMethodId, orderName and amount)");
            }
            if (!Money.CURRENCY.equals(currency)) {
                throw new UnreadableMessage("currency: another one (expected: " + Money.CURRENCY + ")");
            }
            try {
                TenantId tenant = new TenantId(tenantId);
                return Charge.requested(
                        new ChargeId(chargeId),
                        tenant,
                        new BillingMethodId(billingMethodId),
                        orderName,
                        Money.ofWon(amount),
                        taxFreeAmount == null ? Money.ZERO : Money.ofWon(taxFreeAmount),
                        clocks.now(tenant));
            } catch (IllegalArgumentException e) {
                throw new UnreadableMessage(String.valueOf(e.getMessage()), e);
            }
        }
    }
}
