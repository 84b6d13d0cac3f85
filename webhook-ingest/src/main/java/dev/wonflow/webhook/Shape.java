package dev.wonflow.webhook;

/** Form of a webhook's JSON, told by the fields at its top level. Published as {@code ce_shape}. */
public enum Shape {
    /** {@code {eventType, createdAt, data}}: most events. */
    CLASSIC,
    /**
     * {@code {createdAt, secret, status, transactionKey, orderId}}: virtual account deposits; no event type, no data.
     */
    FLAT,
    /** {@code {eventType, createdAt, version, eventId, entityType, entityBody}}: payouts and sellers. */
    ENTITY,
    /** JSON, but none of the forms Toss has documented; kept all the same. */
    UNKNOWN
}
