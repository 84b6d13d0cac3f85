package dev.wonflow.subscription.subscription.jdbc;

import static org.springframework.data.convert.ConverterBuilder.reading;

import dev.wonflow.runtime.TenantId;
import dev.wonflow.subscription.SubscriptionId;
import dev.wonflow.subscription.subscription.BillingDay;
import dev.wonflow.subscription.subscription.Subscriptions;
import java.util.List;
import java.util.UUID;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.jdbc.repository.config.AbstractJdbcConfiguration;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;

/** Value types as columns; in whose transaction is for the callers to say. */
@Configuration(proxyBeanMethods = false)
@EnableJdbcRepositories(basePackageClasses = Subscriptions.class, enableDefaultTransactions = false)
class SubscriptionConverters extends AbstractJdbcConfiguration {

    @Override
    protected List<?> userConverters() {
        return List.of(
                reading(UUID.class, SubscriptionId.class, SubscriptionId::new).andWriting(SubscriptionId::value),
                reading(String.class, TenantId.class, TenantId::new).andWriting(TenantId::value),
                reading(Integer.class, BillingDay.class, BillingDay::new).andWriting(BillingDay::day));
    }
}
