package dev.wonflow.work;

import dev.wonflow.runtime.trace.Trace;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** Provides the {@link WorkTable}, checks it once the migrations have run, and measures every kind that is a bean. */
@AutoConfiguration(
        after = {JdbcClientAutoConfiguration.class, TransactionAutoConfiguration.class},
        afterName = "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration")
public final class WorkAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    @DependsOnDatabaseInitialization
    WorkTable workTable(
            JdbcClient jdbc,
            DataSource database,
            TransactionOperations transaction,
            Clock clock,
            ObjectProvider<Trace> trace) {
        new WorkSchemaCheck(database).run();
        return new WorkTable(jdbc, transaction, clock, trace.getIfAvailable(Trace::passedOn));
    }

    @Bean
    SmartInitializingSingleton workMeters(
            WorkTable table, ObjectProvider<WorkKind> kinds, ObjectProvider<MeterRegistry> registries, Clock clock) {
        return () -> registries.ifAvailable(meters -> {
            WorkMeters work = new WorkMeters(table, meters, clock);
            kinds.orderedStream().forEach(work::watch);
        });
    }
}
