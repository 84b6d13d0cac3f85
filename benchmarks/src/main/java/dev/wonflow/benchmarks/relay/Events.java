package dev.wonflow.benchmarks.relay;

import java.nio.charset.StandardCharsets;

/** The events of a run: numbered from 0 within their topic, 512 bytes each, the number inside the body. */
final class Events {

    static final int PAYLOAD_BYTES = 512;

    /** How many keys the events of a topic are spread over: event n has key n modulo this. */
    static final int KEYS = 400;

    static final String TYPE = "payment.paid.v1";
    static final String TENANT = "default";

    private static final String BEFORE_NUMBER = "{\"n\":\"";
    private static final int DIGITS = 10;
    private static final String BEFORE_PADDING = "\",\"padding\":\"";
    private static final String END = "\"}";
    private static final String PADDING =
            "x".repeat(PAYLOAD_BYTES - BEFORE_NUMBER.length() - DIGITS - BEFORE_PADDING.length() - END.length());

    /** The same rows as {@link OutboxLoad} writes, one transaction each, written by the server itself: fast to fill. */
    static final String FILL_PROCEDURE =
            """
        CREATE OR REPLACE PROCEDURE fill_outbox(topic text, events int) LANGUAGE plpgsql AS $$
        BEGIN
            FOR n IN 0 .. events - 1 LOOP
                INSERT INTO outbox (id, aggregatetype, aggregateid, type, sequence, tenant_id, occurred_at, payload)
                VALUES (uuidv7(), topic, 'ord_' || lpad((n %% %1$d)::text, 32, '0'), '%2$s', n / %1$d, '%3$s',
                        clock_timestamp(), '%4$s' || lpad(n::text, %5$d, '0') || '%6$s');
                COMMIT;
            END LOOP;
        END $$
        """.formatted(KEYS, TYPE, TENANT, BEFORE_NUMBER, DIGITS, BEFORE_PADDING + PADDING + END);

    private Events() {}

    static String key(int number) {
        return "ord_" + padded(number % KEYS, 32);
    }

    static String payload(int number) {
        return BEFORE_NUMBER + padded(number, DIGITS) + BEFORE_PADDING + PADDING + END;
    }

    /**
     * Reads the number back.
     *
     * @return -1 if this is not one of our events, whole and unchanged in length
     */
    static int number(byte[] payload) {
        if (payload.length != PAYLOAD_BYTES) {
            return -1;
        }
        int number = 0;
        for (int i = BEFORE_NUMBER.length(); i < BEFORE_NUMBER.length() + DIGITS; i++) {
            int digit = payload[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    static boolean keyFits(int number, byte[] key) {
        return key(number).equals(new String(key, StandardCharsets.UTF_8));
    }

    private static String padded(int number, int width) {
        String digits = Integer.toString(number);
        return "0".repeat(width - digits.length()) + digits;
    }
}
