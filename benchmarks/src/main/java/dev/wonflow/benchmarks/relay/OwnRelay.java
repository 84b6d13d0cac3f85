package dev.wonflow.benchmarks.relay;

import dev.wonflow.benchmarks.bed.Database;
import dev.wonflow.work.WorkAutoConfiguration;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** Wonflow's relay as a service has it: auto-configured, with the settings it ships with. */
final class OwnRelay implements Carrier {

    private static final String SLOT = "bench_ours";
    private static final Duration START_LIMIT = Duration.ofSeconds(30);

    private final Place place;
    private @Nullable ConfigurableApplicationContext service;

    OwnRelay(Place place) {
        this.place = place;
    }

    /** The relay makes its own slot when it starts for the first time, so this is a start and a stop. */
    @Override
    public void prepare() throws SQLException {
        start();
        Slots.awaitActive(place.databaseUrl(), SLOT, START_LIMIT);
        stop();
    }

    @Override
    public void start() {
        service = new SpringApplicationBuilder(Service.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .properties(
                        "spring.application.name=benchmarks",
                        "spring.datasource.url=" + place.databaseUrl(),
                        "spring.datasource.username=" + Database.USER,
                        "spring.datasource.password=unused",
                        "spring.kafka.bootstrap-servers=" + place.bootstrapServers(),
                        "wonflow.relay.slot-name=" + SLOT)
                .run();
    }

    @Override
    public void stop() {
        if (service != null) {
            service.close();
        }
    }

    @Override
    public void forget() throws SQLException {
        Slots.drop(place.databaseUrl(), SLOT);
        Slots.execute(place.databaseUrl(), "TRUNCATE relay_slot, relay_heartbeat");
    }

    /** The work queue is measured elsewhere; here it has no table. */
    @SpringBootConfiguration
    @EnableAutoConfiguration(exclude = WorkAutoConfiguration.class)
    static class Service {}
}
