package dev.wonflow.payment.payment;

/** No payment of this tenant has the id that was asked for. */
public final class PaymentNotFound extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String id;

    public PaymentNotFound(Object id) {
        super("payment " + id + ": not found (expected: a payment id, orderId or paymentKey of this tenant)");
        this.id = id.toString();
    }

    /** What was looked for. */
    public String id() {
        return id;
    }
}
