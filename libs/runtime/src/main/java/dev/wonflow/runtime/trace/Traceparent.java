package dev.wonflow.runtime.trace;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A place in a trace, as the header {@code traceparent} of <a
 * href="https://www.w3.org/TR/trace-context/#traceparent-header">W3C Trace Context</a> carries it.
 */
public final class Traceparent {

    /** Name of the header, over HTTP and in Kafka. */
    public static final String HEADER = "traceparent";

    /** In characters. */
    public static final int LENGTH = 55;

    private static final String VERSION = "00";
    private static final int TRACE_ID = 3;
    private static final int PARENT_ID = 36;
    private static final int FLAGS = 53;
    private static final int SAMPLED = 1;
    private static final String NO_ID = "0".repeat(32);

    private final String value;

    private Traceparent(String value) {
        this.value = value;
    }

    /**
     * Reads a header.
     *
     * @return empty if it is none: a trace is worth less than what it is about, so nothing fails for a wrong one
     */
    public static Optional<Traceparent> parse(@Nullable String text) {
        if (text == null || !isWellFormed(text)) {
            return Optional.empty();
        }
        // A version from the future means the same in this part, and must not be passed on with what is not understood.
        String known = VERSION + text.substring(TRACE_ID - 1, LENGTH);
        return Optional.of(new Traceparent(known));
    }

    /** Puts one together; empty if the ids are none, as those of a tracer that does nothing. */
    public static Optional<Traceparent> of(String traceId, String parentId, boolean sampled) {
        // Some tracers count in 64 bits.
        String whole = traceId.length() == 16 ? "0".repeat(16) + traceId : traceId;
        return parse(VERSION + "-" + whole + "-" + parentId + (sampled ? "-01" : "-00"));
    }

    /** The trace's 32 hexadecimal digits. */
    public String traceId() {
        return value.substring(TRACE_ID, PARENT_ID - 1);
    }

    /** The 16 hexadecimal digits of the step that caused what carries them. */
    public String parentId() {
        return value.substring(PARENT_ID, FLAGS - 1);
    }

    /** Whether the caller may have recorded it. */
    public boolean isSampled() {
        return (Character.digit(value.charAt(LENGTH - 1), 16) & SAMPLED) != 0;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Traceparent that && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    /** The header's value, in version 00. */
    @Override
    public String toString() {
        return value;
    }

    private static boolean isWellFormed(String text) {
        if (text.length() < LENGTH || !isHex(text, 0, 2) || text.startsWith("ff")) {
            return false;
        }
        boolean ends = text.length() == LENGTH || (!text.startsWith(VERSION) && text.charAt(LENGTH) == '-');
        return ends
                && text.charAt(TRACE_ID - 1) == '-'
                && isId(text, TRACE_ID, PARENT_ID - 1)
                && text.charAt(PARENT_ID - 1) == '-'
                && isId(text, PARENT_ID, FLAGS - 1)
                && text.charAt(FLAGS - 1) == '-'
                && isHex(text, FLAGS, LENGTH);
    }

    private static boolean isId(String text, int from, int to) {
        return isHex(text, from, to) && !text.regionMatches(from, NO_ID, 0, to - from);
    }

    private static boolean isHex(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char digit = text.charAt(i);
            if ((digit < '0' || digit > '9') && (digit < 'a' || digit > 'f')) {
                return false;
            }
        }
        return true;
    }
}
