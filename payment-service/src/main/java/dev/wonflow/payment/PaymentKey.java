package dev.wonflow.payment;

/**
 * Toss's name for one try to pay; opaque.
 *
 * @param value 1 to 200 characters
 */
public record PaymentKey(String value) {

    private static final int MAX_LENGTH = 200;

    public PaymentKey {
        if (value.isBlank() || value.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "paymentKey: " + value.length() + " characters (expected: 1 to " + MAX_LENGTH + ")");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
