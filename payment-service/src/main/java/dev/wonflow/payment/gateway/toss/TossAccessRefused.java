package dev.wonflow.payment.gateway.toss;

/** Keys or address of Toss that the service must not start with. */
final class TossAccessRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String cure;

    /**
     * Refuses.
     *
     * @param cure what to do about it
     */
    TossAccessRefused(String message, String cure) {
        super(message);
        this.cure = cure;
    }

    String cure() {
        return cure;
    }
}
