package dev.wonflow.payment.webhook;

import dev.wonflow.payment.OrderId;
import dev.wonflow.payment.PaymentKey;
import dev.wonflow.payment.billing.RemoveMethod;
import dev.wonflow.payment.payment.Attempts;
import dev.wonflow.payment.payment.Payment;
import dev.wonflow.payment.payment.Payments;
import dev.wonflow.payment.payment.StatusCheckProperties;
import dev.wonflow.payment.payment.StatusChecks;
import dev.wonflow.payment.payment.WebhookSecrets;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Keeps a webhook and, if it is about a payment of ours, has Toss asked. Believes nothing it says. */
@Service
public class ReceiveWebhook {

    private final Webhooks webhooks;
    private final Payments payments;
    private final Attempts attempts;
    private final WebhookSecrets secrets;
    private final StatusChecks statusChecks;
    private final RemoveMethod removeMethod;
    private final StatusCheckProperties statusCheckSettings;
    private final Clock clock;

    ReceiveWebhook(
            Webhooks webhooks,
            Payments payments,
            Attempts attempts,
            WebhookSecrets secrets,
            StatusChecks statusChecks,
            RemoveMethod removeMethod,
            StatusCheckProperties statusCheckSettings,
            Clock clock) {
        this.webhooks = webhooks;
        this.payments = payments;
        this.attempts = attempts;
        this.secrets = secrets;
        this.statusChecks = statusChecks;
        this.removeMethod = removeMethod;
        this.statusCheckSettings = statusCheckSettings;
        this.clock = clock;
    }

    /** In the transaction that claims the message; calls nobody. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void receive(TossWebhook webhook) {
        Instant now = clock.instant();
        if (webhook.orderId() == null && webhook.paymentKey() == null) {
            webhooks.keep(webhook, Webhooks.Outcome.NOT_ABOUT_A_PAYMENT, now);
            return;
        }
        Optional<Payment> payment = byPaymentKey(webhook.paymentKey()).or(() -> byOrderId(webhook.orderId()));
        if (payment.isEmpty()) {
            // No call for what we do not know, or anybody could spend our quota at Toss.
            webhooks.keep(webhook, Webhooks.Outcome.UNKNOWN_PAYMENT, now);
            return;
        }
        receive(graded(webhook, payment.get()), payment.get(), now);
    }

    /**
     * Keeps a webhook that says Toss has forgotten a billing key, and believes it if the key is one of ours: Toss
     * cannot be asked about keys, and nobody else knows one. It stops charges and moves no money.
     *
     * @param print of the key
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void receiveRemoval(TossWebhook webhook, String print) {
        Instant now = clock.instant();
        Optional<Boolean> news = removeMethod.removedAtToss(print);
        if (news.isEmpty()) {
            webhooks.keep(webhook, Webhooks.Outcome.NOT_ABOUT_A_PAYMENT, now);
            return;
        }
        TossWebhook known = webhook.grade() == Grade.UNVERIFIED ? webhook.graded(Grade.SECRET_MATCHED) : webhook;
        webhooks.keep(known, news.get() ? Webhooks.Outcome.APPLIED : Webhooks.Outcome.ALREADY_KNOWN, now);
    }

    private void receive(TossWebhook webhook, Payment payment, Instant now) {
        if (Webhooks.Pending.of(webhook).isKnownFrom(payment)) {
            webhooks.keep(webhook, payment.id(), Webhooks.Outcome.ALREADY_KNOWN, now);
            return;
        }
        webhooks.keep(webhook, payment.id());
        statusChecks.hint(payment.id(), webhook.grade().isVouched(), now.plus(statusCheckSettings.hintDelay()));
    }

    private TossWebhook graded(TossWebhook webhook, Payment payment) {
        String print = webhook.secretPrint();
        if (webhook.grade() != Grade.UNVERIFIED || print == null) {
            return webhook;
        }
        boolean secretMatches = secrets.find(payment)
                .filter(secret -> secret.isPrintedAs(print))
                .isPresent();
        return secretMatches ? webhook.graded(Grade.SECRET_MATCHED) : webhook;
    }

    private Optional<Payment> byPaymentKey(@Nullable String claimed) {
        try {
            return Optional.ofNullable(claimed)
                    .map(PaymentKey::new)
                    .flatMap(key -> payments.findByPaymentKey(key)
                            .or(() -> attempts.find(key).flatMap(attempt -> payments.findById(attempt.paymentId()))));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private Optional<Payment> byOrderId(@Nullable String claimed) {
        try {
            return Optional.ofNullable(claimed).map(OrderId::new).flatMap(payments::findByPurchaseOrderId);
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
