package dev.wonflow.webhook;

/**
 * A request header of Toss's own, kept with the webhook.
 *
 * @param name in lower case
 * @param value as decoded by the server, one {@code char} for each byte
 */
public record TossHeader(String name, String value) {

    public static final String PREFIX = "tosspayments-";

    /** Present on {@code payout.changed} and {@code seller.changed} only. */
    public static final String SIGNATURE = "tosspayments-webhook-signature";

    public static final String TRANSMISSION_TIME = "tosspayments-webhook-transmission-time";

    public static final String TRANSMISSION_ID = "tosspayments-webhook-transmission-id";
}
