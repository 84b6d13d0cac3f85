package dev.wonflow.inbox;

/**
 * Headers a dead letter carries beside the message's own, as UTF-8 text. Key, value and other headers are untouched.
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

    /** What the names above begin with; no other header of a message may. */
    static final String PREFIX = "wonflow_dlt_";

    private DeadLetterHeaders() {}
}
