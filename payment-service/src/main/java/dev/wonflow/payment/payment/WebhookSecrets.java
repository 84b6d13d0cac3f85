package dev.wonflow.payment.payment;

import dev.wonflow.payment.WebhookSecret;
import dev.wonflow.payment.gateway.GatewayPayment;
import java.util.Optional;

/** By what Toss's webhooks about a payment are recognised; stored sealed, for that payment of that tenant only. */
public interface WebhookSecrets {

    /** Keeps a secret in the caller's transaction; not without something to seal with. */
    void keep(Payment payment, WebhookSecret secret);

    /** Keeps what Toss shows of the attempt that counts, once it holds or awaits money. */
    default void keepShown(Payment payment, GatewayPayment shown) {
        WebhookSecret secret = shown.secret();
        if (secret != null && payment.funds() != null && payment.isOfAttempt(shown.paymentKey())) {
            keep(payment, secret);
        }
    }

    /** Empty as well if it cannot be opened: a webhook is a hint with a secret and without. */
    Optional<WebhookSecret> find(Payment payment);
}
