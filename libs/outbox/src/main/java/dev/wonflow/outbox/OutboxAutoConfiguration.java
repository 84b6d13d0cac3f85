package dev.wonflow.outbox;

import dev.wonflow.runtime.PeriodicWork;
import dev.wonflow.runtime.trace.Trace;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.OptionalLong;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Provides the {@link Outbox}, checks its table once the migrations have run, and keeps its partitions. */
@AutoConfiguration(after = {JdbcClientAutoConfiguration.class, TransactionAutoConfiguration.class})
@EnableConfigurationProperties(OutboxProperties.class)
public final class OutboxAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    @DependsOnDatabaseInitialization
    Outbox outbox(
            JdbcClient jdbc, DataSource database, ObjectProvider<Trace> trace, TraceparentColumn traceparentColumn) {
        new OutboxSchemaCheck(database).run();
        traceparentColumn.start();
        return new Outbox(jdbc, trace.getIfAvailable(Trace::passedOn), traceparentColumn);
    }

    @Bean
    TraceparentColumn outboxTraceparentColumn(
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            ObjectProvider<PublishedHorizon> published,
            OutboxProperties settings) {
        return new TraceparentColumn(jdbc, new TransactionTemplate(transactions), horizon(published), settings);
    }

    /** Without anybody to ask, nothing is known to be published and no partition is ever dropped. */
    @Bean
    @DependsOnDatabaseInitialization
    PeriodicWork outboxHousekeeping(
            JdbcClient jdbc,
            PlatformTransactionManager transactions,
            ObjectProvider<PublishedHorizon> published,
            OutboxProperties settings,
            TraceparentColumn traceparentColumn) {
        OutboxPartitions partitions =
                new OutboxPartitions(jdbc, new TransactionTemplate(transactions), horizon(published), settings);
        // At the start, before everything that could append, so that the first message finds its day.
        return new PeriodicWork(
                "outbox-housekeeping",
                Duration.ZERO,
                settings.housekeepingInterval(),
                SmartLifecycle.DEFAULT_PHASE - 8192,
                () -> {
                    partitions.runOnce();
                    traceparentColumn.runOnce();
                });
    }

    private static PublishedHorizon horizon(ObjectProvider<PublishedHorizon> published) {
        return published.getIfAvailable(() -> OptionalLong::empty);
    }

    /** Meters, where Micrometer is. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(MeterBinder.class)
    static class Meters {

        @Bean
        MeterBinder outboxMeters(PeriodicWork outboxHousekeeping) {
            return registry -> Gauge.builder(
                            "wonflow.outbox.housekeeping.age",
                            outboxHousekeeping,
                            age -> age.sinceLastSuccess().toMillis() / 1000.0)
                    .baseUnit("seconds")
                    .description("Time since the partitions of the outbox were last looked after")
                    .register(registry);
        }
    }
}
