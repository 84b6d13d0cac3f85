package dev.wonflow.payment.toss;

import dev.wonflow.payment.ResolverProperties;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of calling Toss. Keys and address come from the environment variables {@code TOSS_…}.
 *
 * @param connectTimeout longest wait for a connection
 * @param readTimeout longest wait for the answer to a confirm; after it the outcome is unknown, not failed
 * @param inquiryTimeout longest wait for the answer to a question, which costs nothing to ask again
 * @param acceptTestKeyInProduction whether a production stage may run on a test key, where nobody really pays
 */
@ConfigurationProperties("wonflow.toss")
record TossProperties(
        @DefaultValue("2s") Duration connectTimeout,
        @DefaultValue("60s") Duration readTimeout,
        @DefaultValue("20s") Duration inquiryTimeout,
        @DefaultValue("false") boolean acceptTestKeyInProduction) {

    TossProperties {
        requirePositive("connect-timeout", connectTimeout);
        requirePositive("read-timeout", readTimeout);
        requirePositive("inquiry-timeout", inquiryTimeout);
    }

    /** A confirm that outlives the resolver's patience would be taken for one left behind by a crash. */
    void requireShorterThan(ResolverProperties resolver) {
        Duration confirm = connectTimeout.plus(readTimeout);
        Duration inquiry = confirm.plus(connectTimeout).plus(inquiryTimeout);
        if (inquiry.compareTo(resolver.orphanAfter()) >= 0) {
            throw new IllegalArgumentException("wonflow.resolver.orphan-after: " + resolver.orphanAfter()
                    + " (expected: more than a confirm and a look may take, " + inquiry + ")");
        }
        if (inquiry.compareTo(resolver.lease()) >= 0) {
            throw new IllegalArgumentException("wonflow.resolver.lease: " + resolver.lease()
                    + " (expected: more than a question and a confirm may take, " + inquiry + ")");
        }
    }

    private static void requirePositive(String name, Duration value) {
        if (!value.isPositive()) {
            throw new IllegalArgumentException("wonflow.toss." + name + ": " + value + " (expected: more than 0)");
        }
    }
}
