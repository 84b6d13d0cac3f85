package dev.wonflow.relay;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Settings of the relay from the outbox to Kafka.
 *
 * @param enabled whether this instance takes part; while none does, PostgreSQL keeps its log from the slot's position
 *     on
 * @param source origin of the events ({@code ce_source}); made from the application's name when absent
 * @param slotName replication slot; one per server, so it is made from the database's name when absent
 * @param publicationName publication in the database
 * @param linger how long the Kafka producer waits for company before it sends
 * @param maxInFlight events sent and not yet acknowledged, at most
 * @param maxInFlightSize payload bytes of those events, at most
 * @param confirmInterval pause between two confirmations to PostgreSQL; events of one pause are sent again after a
 *     crash
 * @param heartbeatInterval pause between two heartbeats
 * @param heartbeatAgeLimit age of the last heartbeat that came through from which on the relay is down
 * @param standbyInterval pause of a standing-by instance before it looks at the slot again
 * @param backOffInitial pause after a first failure; doubles with each further one
 * @param backOffMax longest pause after a failure
 * @param republishOverlap how far before the last published event a republication starts, where transaction ids cannot
 *     tell because the database came from another server
 * @param stopTimeout longest time given to events in flight when the service stops
 */
@ConfigurationProperties("wonflow.relay")
record RelayProperties(
        @DefaultValue("true") boolean enabled,
        @Nullable String source,
        @Nullable String slotName,
        @DefaultValue("wonflow_outbox") String publicationName,
        @DefaultValue("0ms") Duration linger,
        @DefaultValue("10000") int maxInFlight,
        @DefaultValue("16MB") DataSize maxInFlightSize,
        @DefaultValue("200ms") Duration confirmInterval,
        @DefaultValue("3s") Duration heartbeatInterval,
        @DefaultValue("12s") Duration heartbeatAgeLimit,
        @DefaultValue("1s") Duration standbyInterval,
        @DefaultValue("200ms") Duration backOffInitial,
        @DefaultValue("15s") Duration backOffMax,
        @DefaultValue("1h") Duration republishOverlap,
        @DefaultValue("5s") Duration stopTimeout) {

    private static final String IDENTIFIER = "[a-z_][a-z0-9_]{0,62}";

    RelayProperties {
        require(slotName == null || slotName.matches(IDENTIFIER), "slot-name", slotName, IDENTIFIER);
        require(publicationName.matches(IDENTIFIER), "publication-name", publicationName, IDENTIFIER);
        require(source == null || !source.isBlank(), "source", source, "not blank");
        require(!linger.isNegative(), "linger", linger, ">= 0");
        require(maxInFlight >= 1, "max-in-flight", maxInFlight, ">= 1");
        require(maxInFlightSize.toBytes() >= 65_536, "max-in-flight-size", maxInFlightSize, ">= 64KB, one payload");
        require(confirmInterval.toMillis() >= 1, "confirm-interval", confirmInterval, ">= 1ms");
        require(heartbeatInterval.toMillis() >= 1, "heartbeat-interval", heartbeatInterval, ">= 1ms");
        require(
                heartbeatAgeLimit.compareTo(heartbeatInterval.multipliedBy(2)) >= 0,
                "heartbeat-age-limit",
                heartbeatAgeLimit,
                ">= 2 heartbeat intervals");
        require(standbyInterval.toMillis() >= 1, "standby-interval", standbyInterval, ">= 1ms");
        require(backOffInitial.toMillis() >= 1, "back-off-initial", backOffInitial, ">= 1ms");
        require(backOffMax.compareTo(backOffInitial) >= 0, "back-off-max", backOffMax, ">= back-off-initial");
        require(!republishOverlap.isNegative(), "republish-overlap", republishOverlap, ">= 0");
        require(stopTimeout.isPositive(), "stop-timeout", stopTimeout, "> 0");
    }

    /** How long the relay may go without looking up: each heartbeat wakes it anyway. */
    Duration longestRest() {
        return heartbeatInterval.compareTo(confirmInterval) > 0 ? heartbeatInterval : confirmInterval;
    }

    private static void require(boolean holds, String setting, @Nullable Object value, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "wonflow.relay." + setting + ": " + value + " (expected: " + expected + ")");
        }
    }
}
