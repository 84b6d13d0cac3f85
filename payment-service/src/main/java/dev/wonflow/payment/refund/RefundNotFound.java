package dev.wonflow.payment.refund;

/** No refund of this tenant has the id that was asked for. */
public final class RefundNotFound extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public RefundNotFound(Object id) {
        super("refund " + id + ": not found (expected: the refundId of a refund of this tenant)");
    }
}
