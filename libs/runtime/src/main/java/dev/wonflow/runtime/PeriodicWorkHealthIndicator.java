package dev.wonflow.runtime;

import java.util.List;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** Down when something that runs at intervals has not succeeded for too long; names it and its last failure. */
final class PeriodicWorkHealthIndicator extends AbstractHealthIndicator {

    private final List<PeriodicWork> works;

    PeriodicWorkHealthIndicator(List<PeriodicWork> works) {
        super("whether what runs at intervals succeeds could not be found out");
        this.works = works;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        health.up();
        for (PeriodicWork work : works) {
            health.withDetail(
                    work.name(),
                    work.trouble()
                            .map(trouble -> {
                                health.down();
                                return trouble;
                            })
                            .orElseGet(
                                    () -> "succeeded " + work.sinceLastSuccess().toSeconds() + " s ago"));
        }
    }
}
