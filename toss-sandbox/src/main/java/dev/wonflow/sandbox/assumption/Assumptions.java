package dev.wonflow.sandbox.assumption;

import dev.wonflow.sandbox.error.TossError;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of what the documentation of Toss leaves open. Each is marked <em>documented</em>, <em>seen</em> (somebody
 * reports it from the real test API) or <em>assumed</em>; a client must be safe whichever way it is set.
 *
 * @param confirmOfAnotherOrder code when a confirm names another amount or order than the session; that it is refused
 *     is documented, the code is assumed (alternative: FORBIDDEN_REQUEST)
 * @param confirmOfUnknownPayment code when nobody ever opened the payment key; assumed (alternative:
 *     NOT_FOUND_PAYMENT_SESSION)
 * @param confirmBeforeAuthentication code when the buyer has not authenticated yet; assumed (alternative:
 *     UNAPPROVED_ORDER_ID)
 * @param abortedByDecline Whether a definite decline ends the payment as ABORTED with a webhook; otherwise it stays
 *     IN_PROGRESS and can be confirmed again; assumed
 * @param abortedInWindow Whether a decline inside the payment window ends the payment as ABORTED with a webhook;
 *     otherwise it stays READY; assumed
 * @param secretOfCards Whether a card payment carries a secret; seen
 */
@ConfigurationProperties("wonflow.sandbox.assumptions")
public record Assumptions(
        @DefaultValue("INVALID_REQUEST") TossError confirmOfAnotherOrder,
        @DefaultValue("NOT_FOUND_PAYMENT") TossError confirmOfUnknownPayment,
        @DefaultValue("NOT_FOUND_PAYMENT_SESSION") TossError confirmBeforeAuthentication,
        @DefaultValue("true") boolean abortedByDecline,
        @DefaultValue("true") boolean abortedInWindow,
        @DefaultValue("true") boolean secretOfCards) {}
