package dev.wonflow.payment;

/**
 * Toss's name for one attempt to pay; opaque.
 *
 * @param value 1 to 200 characters
 */
public record PaymentKey(String value) {

    private static final int MAX_LENGTH = 200;

    public PaymentKey {
        Text.require("paymentKey", value, MAX_LENGTH);
    }

    @Override
    public String toString() {
        return value;
    }
}
