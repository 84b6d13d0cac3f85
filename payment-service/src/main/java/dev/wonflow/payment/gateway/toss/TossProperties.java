package dev.wonflow.payment.gateway.toss;

import dev.wonflow.payment.gateway.CallLimits;
import dev.wonflow.payment.gateway.CallRoom;
import dev.wonflow.payment.gateway.Operation;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of calling Toss. Keys and address come from the environment variables {@code TOSS_…}.
 *
 * @param connectTimeout longest wait for a connection
 * @param readTimeout longest wait for the answer to a confirm; after it the outcome is unknown, not failed
 * @param cancelTimeout longest wait for the answer to a cancel, which may take a bank's time
 * @param inquiryTimeout longest wait for the answer to a question, which costs nothing to ask again
 * @param confirmsAtOnce buyers of one instance that may wait for their confirm at the same time; more are asked to come
 *     back, and nothing is begun for them. What waits in the table of work is not among them
 * @param issuesAtOnce the same for those who register a billing method
 * @param openingsAtOnce the same for those who have a virtual account opened
 * @param looksAtOnce the same for those who want Toss to be asked about a payment now
 * @param acceptTestKeyInProduction whether a production stage may run on a test key, where nobody really pays
 */
@ConfigurationProperties("wonflow.toss")
record TossProperties(
        @DefaultValue("2s") Duration connectTimeout,
        @DefaultValue("60s") Duration readTimeout,
        @DefaultValue("60s") Duration cancelTimeout,
        @DefaultValue("20s") Duration inquiryTimeout,
        @DefaultValue("100") int confirmsAtOnce,
        @DefaultValue("20") int issuesAtOnce,
        @DefaultValue("20") int openingsAtOnce,
        @DefaultValue("10") int looksAtOnce,
        @DefaultValue("false") boolean acceptTestKeyInProduction) {

    /** Each is a connection to Toss and one from a browser. */
    private static final int MOST_PLACES = 5_000;

    TossProperties {
        requirePositive("connect-timeout", connectTimeout);
        requirePositive("read-timeout", readTimeout);
        requirePositive("cancel-timeout", cancelTimeout);
        requirePositive("inquiry-timeout", inquiryTimeout);
        requirePlaces("confirms-at-once", confirmsAtOnce);
        requirePlaces("issues-at-once", issuesAtOnce);
        requirePlaces("openings-at-once", openingsAtOnce);
        requirePlaces("looks-at-once", looksAtOnce);
    }

    CallLimits callLimits() {
        Duration longer = readTimeout.compareTo(cancelTimeout) > 0 ? readTimeout : cancelTimeout;
        return new CallLimits(connectTimeout.plus(longer).plus(connectTimeout).plus(inquiryTimeout));
    }

    CallRoom callRoom() {
        return new CallRoom(Map.of(
                Operation.CONFIRM,
                confirmsAtOnce,
                Operation.ISSUE,
                issuesAtOnce,
                Operation.OPEN,
                openingsAtOnce,
                Operation.LOOKUP,
                looksAtOnce));
    }

    private static void requirePlaces(String name, int value) {
        if (value < 1 || value > MOST_PLACES) {
            throw new IllegalArgumentException(
                    "wonflow.toss." + name + ": " + value + " (expected: 1 to " + MOST_PLACES + ")");
        }
    }

    private static void requirePositive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException("wonflow.toss." + name + ": " + value + " (expected: more than 0)");
        }
    }
}
