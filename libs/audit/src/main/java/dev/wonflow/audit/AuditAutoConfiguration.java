package dev.wonflow.audit;

import dev.wonflow.runtime.IdSource;
import dev.wonflow.runtime.trace.Trace;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** Provides the {@link AuditTrail}, and checks its table once the migrations have run. */
@AutoConfiguration(after = JdbcClientAutoConfiguration.class)
public final class AuditAutoConfiguration {

    @Bean
    @DependsOnDatabaseInitialization
    AuditTrail auditTrail(
            JdbcClient jdbc,
            DataSource database,
            IdSource ids,
            Clock clock,
            JsonMapper json,
            ObjectProvider<Trace> trace) {
        JdbcAuditTrail.checkTable(database);
        return new JdbcAuditTrail(jdbc, ids, clock, json, trace.getIfAvailable(Trace::passedOn));
    }
}
