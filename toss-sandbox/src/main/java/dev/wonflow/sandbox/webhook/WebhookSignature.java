package dev.wonflow.sandbox.webhook;

import java.util.Optional;

/** Signs what Toss signs: events of payouts and sellers, each attempt anew. */
public interface WebhookSignature {

    /**
     * Answers the value of the header {@code tosspayments-webhook-signature}.
     *
     * @param body the body as it is sent, in UTF-8
     * @param transmissionTime value of the header {@code tosspayments-webhook-transmission-time} of the same attempt
     * @return empty if there is no key to sign with
     */
    Optional<String> of(String body, String transmissionTime);
}
