package dev.wonflow.inbox;

import java.util.Set;

/**
 * Headers a dead letter carries beside the message's own, as UTF-8 text. Key, value and other headers are untouched,
 * unless {@link #TRUNCATED} says otherwise.
 */
public final class DeadLetterHeaders {

    /** Appended to a topic's name to get the topic of its dead letters. */
    public static final String TOPIC_SUFFIX = "-dlt";

    /** What was wrong with the message, or with handling it. For people: not a code, and never a class name. */
    public static final String REASON = "wonflow_dlt_reason";

    /** Topic the message was in. */
    public static final String TOPIC = "wonflow_dlt_topic";

    public static final String PARTITION = "wonflow_dlt_partition";

    public static final String OFFSET = "wonflow_dlt_offset";

    /** Kafka timestamp the message had, as an ISO-8601 instant; the dead letter's own is when it was put away. */
    public static final String TIMESTAMP = "wonflow_dlt_timestamp";

    /** Consumer group that could not handle the message; others may have. */
    public static final String CONSUMER = "wonflow_dlt_consumer";

    /** When the message was put away, as an ISO-8601 instant. */
    public static final String AT = "wonflow_dlt_at";

    /**
     * Which parts the dead-letter topic could not take whole, such as {@code headers,key,value}; absent when all of
     * them are. Such a letter must not be sent again: the message itself is in its topic, at the offset, for as long as
     * that topic keeps it.
     */
    public static final String TRUNCATED = "wonflow_dlt_truncated";

    /** Length and SHA-256 of all headers the message had, names and values one after the other. */
    public static final String ORIGINAL_HEADERS = "wonflow_dlt_original_headers";

    /** Length and SHA-256 of the key the message had; the letter has as much of its beginning as fitted. */
    public static final String ORIGINAL_KEY = "wonflow_dlt_original_key";

    /** Length and SHA-256 of the value the message had; the letter has as much of its beginning as fitted. */
    public static final String ORIGINAL_VALUE = "wonflow_dlt_original_value";

    /** What the names above begin with; no other header of a message may. */
    static final String PREFIX = "wonflow_dlt_";

    /** Stays true of a message that was tried again, and is therefore kept. */
    static final Set<String> OF_THE_ORIGINAL = Set.of(TRUNCATED, ORIGINAL_HEADERS, ORIGINAL_KEY, ORIGINAL_VALUE);

    private DeadLetterHeaders() {}
}
