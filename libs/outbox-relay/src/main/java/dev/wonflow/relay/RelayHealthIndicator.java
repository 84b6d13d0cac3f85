package dev.wonflow.relay;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Healthy means that a heartbeat written to the database came through log, engine and everything before it through
 * Kafka not long ago. A standing-by instance is healthy too.
 */
final class RelayHealthIndicator implements HealthIndicator {

    private final RelayStatus status;
    private final String slotName;
    private final Duration ageLimit;
    private final Duration normalAge;

    RelayHealthIndicator(RelayStatus status, String slotName, Duration ageLimit, Duration normalAge) {
        this.status = status;
        this.slotName = slotName;
        this.ageLimit = ageLimit;
        this.normalAge = normalAge;
    }

    @Override
    public Health health() {
        Duration age = status.heartbeatAge();
        RelayStatus.Role role = status.role();
        boolean late = age.compareTo(ageLimit) > 0;
        Health.Builder health = switch (role) {
            case ACTIVE, STARTING, FAILED -> late ? Health.down() : Health.up();
            case STANDBY -> Health.up();
            case REPUBLISHING -> Health.down();
            case STOPPED -> Health.outOfService();
        };
        health.withDetail("role", role)
                .withDetail("slot", slotName)
                .withDetail("heartbeatAge", age.toString())
                .withDetail(
                        "oldestUnpublishedAge",
                        status.oldestUnpublishedAge(normalAge).toString())
                .withDetail("slotLagBytes", status.slotLagBytes())
                .withDetail("restarts", status.restarts.get())
                .withDetail("incidents", status.incidents.get());
        withOptional(health, "walStatus", status.walStatus());
        withOptional(health, "lastError", status.lastError());
        withOptional(health, "lastIncident", status.lastIncident());
        return health.build();
    }

    private static void withOptional(Health.Builder health, String name, @Nullable String value) {
        if (value != null) {
            health.withDetail(name, value);
        }
    }
}
