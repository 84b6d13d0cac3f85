package dev.wonflow.payment.payment.jdbc;

import static org.springframework.data.convert.ConverterBuilder.reading;

import dev.wonflow.money.Money;
import dev.wonflow.payment.OrderId;
import dev.wonflow.payment.PaymentId;
import dev.wonflow.payment.PaymentKey;
import dev.wonflow.payment.payment.Payments;
import dev.wonflow.runtime.TenantId;
import java.util.List;
import java.util.UUID;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.jdbc.repository.config.AbstractJdbcConfiguration;
import org.springframework.data.jdbc.repository.config.EnableJdbcRepositories;

/** How the domain's values are stored; in whose transaction is for the callers to say. */
@Configuration(proxyBeanMethods = false)
@EnableJdbcRepositories(basePackageClasses = Payments.class, enableDefaultTransactions = false)
class JdbcConfiguration extends AbstractJdbcConfiguration {

    @Override
    protected List<?> userConverters() {
        return List.of(
                reading(UUID.class, PaymentId.class, PaymentId::new).andWriting(PaymentId::value),
                reading(String.class, TenantId.class, TenantId::new).andWriting(TenantId::value),
                reading(String.class, OrderId.class, OrderId::new).andWriting(OrderId::value),
                reading(String.class, PaymentKey.class, PaymentKey::new).andWriting(PaymentKey::value),
                reading(Long.class, Money.class, Money::ofWon).andWriting(Money::won));
    }
}
