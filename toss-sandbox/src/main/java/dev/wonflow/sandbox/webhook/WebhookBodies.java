package dev.wonflow.sandbox.webhook;

/** Changes what a webhook says, for those that are to be wrong on purpose. */
public interface WebhookBodies {

    /** The same message with a secret that is not the payment's; unchanged if it carries none. */
    String withWrongSecret(String body);

    /** The same message with a status that cannot be true as well; unchanged if it carries none. */
    String contradicting(String body);
}
