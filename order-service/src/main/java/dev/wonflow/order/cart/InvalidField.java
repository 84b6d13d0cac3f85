package dev.wonflow.order.cart;

/** A value from outside that we cannot sell anything by. The message names the field, the value and what we expect. */
public final class InvalidField extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Enough to recognise a value by, and not enough to fill a log with it. */
    private static final int MAX_VALUE_LENGTH = 60;

    private final String field;
    private final String complaint;

    /**
     * Complains.
     *
     * @param field path of the field, such as {@code items[0].unitPrice}
     */
    public InvalidField(String field, Object value, String expected) {
        this(field, shortened(String.valueOf(value)) + " (expected: " + expected + ")");
    }

    private InvalidField(String field, String complaint) {
        super(field + ": " + complaint);
        this.field = field;
        this.complaint = complaint;
    }

    /** The same complaint about a field that lies inside another one. */
    public InvalidField within(String parent) {
        return new InvalidField(parent + "." + field, complaint);
    }

    public String field() {
        return field;
    }

    private static String shortened(String value) {
        String beginning = Text.cut(value, MAX_VALUE_LENGTH);
        String shown = beginning.replaceAll("[\\p{Cntrl}\\p{Cs}]", " ");
        return beginning.length() < value.length() ? shown + "…" : shown;
    }
}
