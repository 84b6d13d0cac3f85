package dev.wonflow.incidents;

import io.micrometer.core.instrument.MeterRegistry;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Provides the {@link IncidentReporter}, and checks its table once the migrations have run. */
@AutoConfiguration(after = JdbcClientAutoConfiguration.class)
public final class IncidentsAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    @DependsOnDatabaseInitialization
    IncidentReporter incidentReporter(JdbcClient jdbc, DataSource database, MeterRegistry meters) {
        new IncidentSchemaCheck(database).run();
        return new IncidentReporter(jdbc, meters);
    }
}
