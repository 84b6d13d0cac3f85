package dev.wonflow.idempotency;

import dev.wonflow.runtime.IdSource;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.databind.json.JsonMapper;

/** Gives handlers their {@link Once}, and checks its table once the migrations have run. */
@AutoConfiguration(after = {JdbcClientAutoConfiguration.class, TransactionAutoConfiguration.class})
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@EnableConfigurationProperties(IdempotencyProperties.class)
public final class IdempotencyAutoConfiguration {

    /** After sign-in: the body of someone who may not is not read. */
    private static final int AFTER_SIGN_IN = 0;

    @Bean
    @DependsOnDatabaseInitialization
    Answers idempotencyAnswers(JdbcClient jdbc, DataSource database, IdempotencyProperties properties) {
        Answers.checkTable(database);
        return new Answers(jdbc, properties.retention(), properties.lease());
    }

    @Bean
    FilterRegistrationBean<Fingerprints> fingerprints() {
        FilterRegistrationBean<Fingerprints> filter = new FilterRegistrationBean<>(new Fingerprints());
        filter.setOrder(AFTER_SIGN_IN);
        return filter;
    }

    @Bean
    IdempotencyProblems idempotencyProblems() {
        return new IdempotencyProblems();
    }

    @Bean
    WebMvcConfigurer onceParameter(
            Answers answers, PlatformTransactionManager transactions, IdSource ids, JsonMapper json) {
        TransactionTemplate transaction = new TransactionTemplate(transactions);
        return new WebMvcConfigurer() {
            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(new OnceParameter(request -> new OnceByKey(request, answers, transaction, ids, json)));
            }
        };
    }
}
